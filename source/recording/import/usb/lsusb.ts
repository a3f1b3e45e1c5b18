/** `lsusb`: ids and device numbers. It has no times and names no port paths. */
import type { Importer } from '../importer.ts';

const deviceLine =
	/(?:^|[\s|])Bus (\d{1,3}) Device (\d{1,3}): ID ([0-9a-f]{4}):([0-9a-f]{4})(?: (.*))?$/i;

export const lsusb: Importer = {
	reads: 'lsusb',
	isSure: true,
	begin: ({ usb }) => ({
		command: (command) => {
			if (/\blsusb\b(?!.* -\w*[tv])/.test(command)) usb.listsAgain('lsusb');
		},
		take: (line) => {
			const [, bus, number, vid, pid, product] = deviceLine.exec(line.text) ?? [];
			if (bus === undefined) return false;
			const device = usb.listed('lsusb', Number(bus), Number(number), line);
			Object.assign(device, { vid: vid!.toLowerCase(), pid: pid!.toLowerCase() });
			if (product) device.product ??= product;
			return true;
		},
		caveat: () => 'lists have no times',
	}),
};
