import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { udevRules } from '../../man/udev-rules.ts';
import { identityOf } from '../../source/modems/identities.ts';
import { products } from '../../source/modems/products.ts';

/** The ids that a line of the rules matches. */
function matchedBy(line: string): string[] {
	const [, vendor, numbers = ''] =
		/ATTRS\{idVendor\}=="(\w+)", ATTRS\{idProduct\}=="([\w|]+)"/.exec(line) ?? [];
	return numbers.split('|').map((product) => `${vendor}:${product}`);
}

const lines = udevRules().split('\n');
const opened = lines.filter((line) => line.startsWith('SUBSYSTEM==')).flatMap(matchedBy);
const ignoring = lines.filter((line) => line.startsWith('#SUBSYSTEMS=='));

it('opens every id of the table of modems, and no other', () => {
	const known = products.flatMap(({ usb }) =>
		usb.flatMap(({ application, loader, edl, memoryDump, other }) =>
			[application, loader, edl, memoryDump, other].flatMap((listed = '') => {
				const [vendor, numbers] = listed.split(':');
				return numbers?.split(' ').map((product) => `${vendor}:${product}`) ?? [];
			}),
		),
	);
	expect(opened.toSorted()).toEqual([...new Set(known)].toSorted());
});

it('lets ModemManager ignore what is a loader, and an id of both lives only with one interface', () => {
	for (const line of ignoring) {
		const alone = line.includes('ATTRS{bNumInterfaces}==" 1"');
		for (const id of matchedBy(line)) {
			const [vid = '', pid = ''] = id.split(':');
			const { mode } = identityOf({ vid, pid })!;
			expect(mode, id).not.toBe('application');
			expect(alone, id).toBe(mode === undefined);
		}
	}
	const ids = ignoring.flatMap(matchedBy);
	expect(ids).toEqual(expect.arrayContaining(['1199:68c0', '1199:9090', '05c6:9008']));
	expect(ids).not.toContain('1199:9091');
});

const system = resolve(import.meta.dirname, '../../system');
const runs = (...[file, ...args]: [string, ...string[]]) => spawnSync(file, args).status === 0;
const hasUdev = runs('udevadm', '--version') && runs('unshare', '--mount', 'true');

it.runIf(hasUdev)('udev reads the rules without a complaint', () => {
	// In a /run of its own: the udev of this machine must not see them.
	const script = `mount -t tmpfs none /run && mkdir -p /run/udev/rules.d &&
		cp ${system}/70-modemscope.rules /run/udev/rules.d/70-modemscope-test.rules &&
		udevadm test /devices/virtual/tty/tty`;
	const { stderr } = spawnSync('unshare', ['--mount', 'sh', '-c', script], { encoding: 'utf8' });
	expect(stderr).toContain('70-modemscope-test.rules');
	expect(stderr).not.toMatch(/70-modemscope-test.rules:\d+/);
});

it.runIf(runs('systemd-analyze', '--version'))('systemd knows every word of the unit', () => {
	const unit = join(system, 'modemscope-guard.service');
	const { stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
	const about = stderr.split('\n').filter((line) => line.includes('modemscope'));
	// The program itself need not be installed where this is tried.
	expect(about.filter((line) => !/is not executable|No such file/.test(line))).toEqual([]);
	const { stdout } = spawnSync(
		'systemd-analyze',
		['security', '--offline=true', '--threshold=30', unit],
		{ encoding: 'utf8' },
	);
	const [, exposure = '10'] = /exposure level for .*: ([\d.]+)/.exec(stdout) ?? [];
	expect(Number(exposure)).toBeLessThanOrEqual(3);
});
