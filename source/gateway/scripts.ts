/**
 * What runs on a gateway that has nothing but a POSIX shell: busybox ash is enough. The loops fork
 * nothing but their naps; `root` is empty, or the folder of a rehearsal on that machine.
 */
import { identities } from '../modems/identities.ts';
import { type Layout, roleAt } from '../modems/layouts.ts';
import { quoted } from './shell.ts';

/** The shortest nap that this shell's machine has: without fractions of a second and usleep it is a second. */
const naps = (seconds: number) => `
if sleep ${seconds} 2>/dev/null; then nap() { sleep ${seconds}; }
elif usleep ${seconds * 1e6} 2>/dev/null; then nap() { usleep ${seconds * 1e6}; }
else nap() { sleep 1; }; fi`;

/** `value FILE`: its first line in $v, empty where it cannot be read. */
const value = 'value() { v=; { read -r v < "$1"; } 2>/dev/null; }';

const attributes = [
	...['busnum', 'devnum', 'idVendor', 'idProduct', 'manufacturer', 'product', 'serial', 'speed'],
	...['authorized', 'power/control'],
];

/**
 * Prints all devices when anything has changed: `d NAME` a device, `a NAME VALUE` its attributes,
 * `h HEX` its descriptors, `i NAME` an interface, `l NAME` its driver, `n PATH` a node's folder,
 * `x NAME` a node that is in /dev; `e` is the end, `.` says that it still runs.
 */
export const watchScript = (root: string): string => `
r=${quoted(root)}
cd "$r/sys/bus/usb/devices" 2>/dev/null || { echo '!'; exit 3; }
${value}
${naps(0.05)}
nodes() { for f in "$1"/ttyUSB* "$1"/tty/* "$1"/usbmisc/* "$1"/net/*; do [ -e "$f" ] && "$2" "$f"; done; }
note() { s="$s,$1"; }
show() { echo "n \${1#*/}"; [ -e "$r/dev/\${1##*/}" ] && echo "x \${1##*/}"; }
hex() { od -An -v -tx1 "$1" 2>/dev/null | tr -d ' \\n' || hexdump -v -e '1/1 "%02x"' "$1" 2>/dev/null; }
last=none
n=0
while :; do
	s=
	for d in [0-9]*-*; do
		case $d in
		*:*) [ -L "$d/driver" ] && s="$s+"; nodes "$d" note ;;
		*) value "$d/devnum"; s="$s$v"; value "$d/power/control"; s="$s$v" ;;
		esac
		s="$s $d "
	done
	if [ "$s" != "$last" ]; then
		last=$s
		for d in [0-9]*-*; do
			case $d in
			*:*)
				echo "i $d"
				l=$(readlink "$d/driver" 2>/dev/null) && echo "l \${l##*/}"
				nodes "$d" show ;;
			*)
				value "$d/bDeviceClass"
				[ "$v" = 09 ] && continue
				value "$d/idVendor"
				[ -z "$v" ] && continue
				echo "d $d"
				for a in ${attributes.join(' ')}; do
					[ -e "$d/$a" ] && value "$d/$a" && echo "a $a $v"
				done
				echo "h $(hex "$d/descriptors")" ;;
			esac
		done
		echo e
	fi
	n=$((n + 1))
	[ $((n % 100)) = 0 ] && echo .
	nap
done`;

/** Where AT is on each composition that the table of modems knows: `1199:9091) i=3 ;;`. */
function compositions(): string {
	const interfaceOf = (layout: Layout) =>
		[...Array(16).keys()].find((number) => roleAt(layout, number) === 'AT');
	const known = identities.flatMap(({ id, layout }) => {
		const number = layout === undefined ? undefined : interfaceOf(layout);
		return number === undefined ? [] : [`${id}) i=${number} ;;`];
	});
	return [...known, '1199:*) i=3 ;;'].join('\n\t\t');
}

export type CatchRequest = {
	readonly root: string;
	/** The command, without its CR. */
	readonly line: string;
	/** Seconds that a window is waited for. */
	readonly seconds: number;
	/** The USB port path, or the node, of the modem; else the first that is known. */
	readonly path: string | undefined;
	readonly node: string | undefined;
};

/**
 * Waits for the AT port and writes the line into it at once. `a` says that the first look found no port;
 * `f NODE HUNDREDTHS` that the line was written, and how long after the last look that found none. Then
 * all that the modem says follows, until standard input ends.
 * dd and not cat: busybox's cat hands the port to sendfile, which locks the pipe to sshd while it waits
 * for the modem, and sshd with it.
 */
export const catchScript = ({ root, line, seconds, path, node }: CatchRequest): string => `
r=${quoted(root)}
cd "$r/sys/bus/usb/devices" 2>/dev/null || { echo '!'; exit 3; }
${value}
${naps(0.01)}
up() { value /proc/uptime; v=\${v%% *}; v=\${v%.*}\${v#*.}; }
fire() {
	(
		exec 3<> "$1" || exit 1
		stty raw -echo clocal <&3
		printf '%s\\r' ${quoted(line)} >&3 || exit 1
		up
		echo "f $1 \${before:+$((v - before))}"
		dd bs=256 <&3 &
		c=$!
		while read -r v; do :; done
		kill $c
	) 2>/dev/null && exit 0
}
up; begin=$v
before=
n=0
while :; do
	up; look=$v
${
	node === undefined
		? `	for d in ${path === undefined ? '[0-9]*-*' : quoted(path)}; do
		case $d in *:*) continue ;; esac
		value "$d/idVendor"; p=$v
		[ -z "$p" ] && continue
		value "$d/idProduct"
		case $p:$v in
		${compositions()}
		*) continue ;;
		esac
		for f in "$d":*."$i"/ttyUSB* "$d":*."$i"/tty/*; do
			[ -e "$r/dev/\${f##*/}" ] && fire "$r/dev/\${f##*/}"
		done
	done`
		: `	[ -e ${quoted(node)} ] && fire ${quoted(node)}`
}
	n=$((n + 1))
	if [ $((n % 50)) = 0 ]; then
		echo .
		up
		[ $((v - begin)) -ge ${Math.ceil(seconds * 100)} ] && exit 0
	fi
	[ -z "$before" ] && echo a
	before=$look
	nap
done`;
