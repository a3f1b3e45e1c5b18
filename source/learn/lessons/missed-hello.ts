import { findScenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import { hasTold, type Seen, spoilings } from '../bench/seen.ts';

export const missedHello: Lesson = {
	name: 'missed-hello',
	title: 'The missed HELLO',
	prepare: (draw) => {
		const port = `ttyUSB${draw.number(0, 9)}`;
		const silence = draw.number(6, 12);
		return {
			firstNode: Number(port.slice(6)),
			text: [
				'A loader says HELLO once. Who opened the port first has read it, ModemManager perhaps, and the next one waits for ever: the most common reason for a failed update. Silence alone proves nothing, a dead loader is silent too. AT commands, QDL or any stray byte spoil it: it then says HELLO with mode 2 and refuses Firehose until its reset. But it takes a blind HELLO_RSP (lesson 4), 2 s after the opening, for an answer to its HELLO. RESET, 7 8, starts it anew: TP1 is low here, so that it holds again and says HELLO.',
			],
			modems: [findScenario('stuck')],
			tasks: [
				{
					says: `Open ${port} and wait for ${silence} s: is there a HELLO? Send nothing.`,
					done: (seen) => quietFor(seen) >= silence,
					wrong: spoilings,
					hint: `open ${port}, wait ${silence}.`,
					best: [`open ${port}`, `wait ${silence}`],
				},
				{
					says: 'Prove that the loader is alive, and do not spoil it.',
					done: (seen) => seen.frames.some(({ name }) => name === 'CMD_READY'),
					wrong: spoilings,
					hint: 'The 48 bytes of HELLO_RSP, though no HELLO came: words 2 48 2 1 0 3 0*6',
					best: ['words 2 48 2 1 0 3 0*6'],
				},
				{
					says: 'Make it say its HELLO once more.',
					done: (seen) => hasTold(seen, 'the loader said HELLO, mode 3'),
					wrong: spoilings,
					hint: 'words 7 8; wait until it comes again; open the port.',
					best: ['words 7 8', 'wait 8', `open ${port}`, 'wait 3'],
				},
			],
		};
	},
};

/** Seconds since the port was opened, if nothing was said on it. */
function quietFor({ opened, now, frames }: Seen): number {
	const last = opened.at(-1);
	return last && frames.length === 0 ? now - last.t : 0;
}
