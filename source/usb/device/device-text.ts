/** Everything that the descriptors and sysfs say of a device, as rows of at most 78 columns. */
import type { UsbDevice, UsbInterface } from '../../events.ts';
import { identityOf } from '../../modems/identities.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { modeLabel, modeNote, modeOf } from './modes.ts';
import { roleOf } from './roles.ts';

export function deviceText(device: UsbDevice): string[] {
	const facts: [string, string | undefined][] = [
		['device', `${device.vid}:${device.pid}  ${identityOf(device)?.models ?? ''}`.trim()],
		['maker', device.manufacturer],
		['product', device.product],
		['serial', device.serial],
		['mode', modeLabel(device)],
		['port', `${device.path}${device.peer ? `, its peer on the other bus is ${device.peer}` : ''}`],
		['speed', device.speed === undefined ? undefined : `${device.speed} Mbit/s`],
		['power', powerOf(device)],
	];
	const note = modeNote(device);
	return [
		...facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(9)}${value}`])),
		...(note === undefined ? [] : [note]),
		`${column(['if', 'class', 'driver', 'nodes', 'for', 'endpoints'])}`,
		...device.interfaces.map((iface) => column(cellsOf(device, iface))),
	].map(sanitize);
}

/** A device with what follows from it, for a program. */
export function deviceAbout(device: UsbDevice): object {
	const { models, layout, source } = identityOf(device) ?? {};
	return {
		...device,
		mode: modeOf(device),
		note: modeNote(device),
		identity: models && { models, layout, source },
		interfaces: device.interfaces.map((iface) => ({ ...iface, role: roleFor(device, iface) })),
	};
}

/** A loader's port is for a download and nothing else. */
const roleFor = (device: UsbDevice, iface: UsbInterface) =>
	modeOf(device) === 'application' ? roleOf(device, iface) : undefined;

function powerOf({ power, authorized }: UsbDevice): string | undefined {
	const says = { on: 'on', auto: 'auto: the kernel suspends it when it is idle' };
	const words = [power && says[power], authorized === false ? 'not authorized' : undefined];
	return words.filter(Boolean).join(', ') || undefined;
}

const widths = [3, 9, 10, 17, 5];
const column = (cells: readonly string[]): string =>
	cells
		.map((cell, index) => cell.padEnd((widths[index] ?? 1) - 1))
		.join(' ')
		.trimEnd();

function cellsOf(device: UsbDevice, iface: UsbInterface): string[] {
	const { number, class: kind, driver = 'none', nodes, missing = [] } = iface;
	const shown = nodes.map((node) => (missing.includes(node) ? `${node}?` : node));
	return [
		String(number),
		kind,
		driver,
		shown.join(' ') || '-',
		roleFor(device, iface) ?? '-',
		pipesOf(iface),
	];
}

/** `81 bulk  83 intr  01 bulk`, or how many where no more is known. */
function pipesOf({ pipes, endpoints }: UsbInterface): string {
	const short = { bulk: 'bulk', interrupt: 'intr', isochronous: 'iso', control: 'ctrl' };
	if (!pipes) return String(endpoints);
	return pipes.map(({ address, type }) => `${address} ${short[type]}`).join('  ');
}
