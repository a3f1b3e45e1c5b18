/**
 * ModemManager cannot be asked to keep off a device that it does not have yet. udev can tell it to
 * leave a loader alone that comes at a place: ENV{ID_MM_DEVICE_IGNORE}, mm-filter.h of ModemManager.
 */
import { join } from 'node:path';
import { type HeldProcess, holdChildProcess } from './hold-process.ts';

/** Rules that the next start of the machine forgets. */
const runtimeRules = '/run/udev/rules.d';

/**
 * Takes the rule away when it is ended. udevd would look for new rules by itself, but late. A sleep that is
 * forked as the signal comes does not get it: it must hold nothing that its end is waited for by.
 */
const script = `
trap 'rm -f "$1"; udevadm control --reload; kill $! 2>/dev/null; exit' TERM
mkdir -p "\${1%/*}" && printf '%s\\n' "$2" >"$1" && udevadm control --reload && echo 'the rule holds'
while :; do sleep 1000 >/dev/null 2>&1 & wait; done`;

/**
 * For as long as this process lives, or until it is released; only root may. A loader has one
 * interface: an application, which has more, is ModemManager's as soon as it comes there.
 */
export function ignoreLoaderByRule(path: string, folder = runtimeRules): Promise<HeldProcess> {
	const file = join(folder, `79-modemscope-${path}.rules`);
	const isLoaderThere = `SUBSYSTEMS=="usb", KERNELS=="${path}", ATTRS{bNumInterfaces}==" 1"`;
	const rule = `${isLoaderThere}, ENV{ID_MM_DEVICE_IGNORE}="1"`;
	return holdChildProcess(['sh', '-c', script, 'sh', file, rule], /the rule holds/);
}
