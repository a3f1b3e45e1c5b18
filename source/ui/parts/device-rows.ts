import type { UsbDevice } from '../../events.ts';
import { sanitize } from '../../protocol/sanitize.ts';
import { modeLabel } from '../../usb/modes.ts';
import { fitLeft } from '../rows.ts';

/** Everything that the descriptors of a device say. */
export function deviceRows(device: UsbDevice): string[] {
	const facts: [string, string | undefined][] = [
		['device', `${device.vid}:${device.pid}`],
		['maker', device.manufacturer],
		['product', device.product],
		['serial', device.serial],
		['speed', device.speed === undefined ? undefined : `${device.speed} Mbit/s`],
		['mode', modeLabel(device)],
	];
	const interfaces = device.interfaces.map(
		({ number, class: kind, endpoints, driver = 'no driver', nodes }) =>
			`  ${number}  ${fitLeft(kind, 9)} ${endpoints} endpoints  ${fitLeft(driver, 10)} ${nodes.join(' ')}`,
	);
	return [
		...facts.flatMap(([name, value]) =>
			value === undefined ? [] : [`${fitLeft(name, 9)}${value}`],
		),
		'interfaces (class, endpoints, driver, nodes):',
		...interfaces,
	].map(sanitize);
}
