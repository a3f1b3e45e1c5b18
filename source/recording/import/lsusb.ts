/** Pastes of `lsusb`, one after the other: what came and went between them. They have no times. */
import type { Event, UsbDevice } from '../../events.ts';
import { type Importer, promptCommand, unknownStart } from './importer.ts';

const deviceLine = /^Bus (\d{3}) Device (\d{3}): ID ([0-9a-f]{4}):([0-9a-f]{4})(?: (.*))?$/;

export const lsusb: Importer = {
	reads: 'pastes of lsusb',
	recognise: (firstLines) => firstLines.some((line) => deviceLine.test(line)),
	read: (lines, title) => {
		const pastes = pastesOf(lines);
		return {
			header: {
				modemscope: 1,
				started: unknownStart,
				title,
				origin: 'imported from pastes of lsusb, which have no times and name no port paths',
				speed: 1,
			},
			events: pastes.flatMap((paste, index) => [
				note(`lsusb, paste ${index + 1} of ${pastes.length}`),
				...changes(pastes[index - 1] ?? new Map(), paste),
			]),
			notes: [],
		};
	},
};

type Paste = Map<string, UsbDevice>;

/** A prompt begins a paste, and so does a device that was listed already. */
function pastesOf(lines: readonly string[]): Paste[] {
	const pastes: Paste[] = [];
	let begins = true;
	for (const line of lines) {
		if (promptCommand(line) !== undefined) begins = true;
		const [, bus, number, vid, pid, product] = deviceLine.exec(line.trimEnd()) ?? [];
		if (bus === undefined) continue;
		const key = `${bus}/${number}`;
		if (begins || pastes.at(-1)!.has(key)) pastes.push(new Map());
		begins = false;
		pastes.at(-1)!.set(key, {
			path: pathOf(Number(bus), Number(number)),
			vid: vid!,
			pid: pid!,
			number: Number(number),
			...(product ? { product } : {}),
			interfaces: [],
		});
	}
	return pastes;
}

/** The root hub is always device 1; of others `lsusb` tells the bus and not the port. */
const pathOf = (bus: number, number: number) =>
	number === 1 ? `usb${bus}` : `${bus}-? (device ${number})`;

function changes(before: Paste, now: Paste): Event[] {
	const went = [...before].filter(([key]) => !now.has(key));
	const came = [...now].filter(([key]) => !before.has(key));
	return [
		...went.map(([, { path, vid, pid }]) => usb({ type: 'usb-went', path, vid, pid })),
		...came.map(([, device]) => usb({ type: 'usb-came', device })),
	];
}

type UsbFact =
	| { type: 'usb-came'; device: UsbDevice }
	| { type: 'usb-went'; path: string; vid: string; pid: string };
const usb = (fact: UsbFact): Event => ({ t: 0, source: 'usb', ...fact });
const note = (text: string): Event => ({ t: 0, source: 'log', type: 'note', text });
