import { findScenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import { hasTold, type Seen, spoiled, spoilings, startOver } from '../bench/seen.ts';

export const missedHello: Lesson = {
	name: 'missed-hello',
	title: 'The missed HELLO',
	prepare: (draw) => {
		const port = `ttyUSB${draw.number(0, 9)}`;
		const silence = draw.number(6, 12);
		return {
			firstNode: Number(port.slice(6)),
			text: [
				'A loader says HELLO once. If another program read it, ModemManager perhaps, yours waits for ever: the most common cause of a failed update. Silence proves nothing: a dead loader is silent too. Any other byte spoils the loader: it then says HELLO with mode 2, and refuses Firehose until its reset. But 2 s after you open the port it takes HELLO_RSP, 2 48 2 1 0 3 0*6, though you heard no HELLO. RESET, 7 8, starts it anew. A pin, TP1, is low here: it holds again and says HELLO.',
			],
			modems: [findScenario('stuck')],
			tasks: [
				{
					says: `Open ${port} and wait for ${silence} s: is there a HELLO? Send nothing.`,
					done: (seen) => quietFor(seen) >= silence,
					blocked: spoken,
					wrong: spoilings,
					hint: `open ${port}, wait ${silence}.`,
					best: [`open ${port}`, `wait ${silence}`],
				},
				{
					says: 'Prove that the loader is alive, and do not spoil it.',
					done: (seen) => seen.frames.some(({ name }) => name === 'CMD_READY'),
					wrong: spoilings,
					hint: 'Send HELLO_RSP, though no HELLO came: words 2 48 2 1 0 3 0*6',
					best: ['words 2 48 2 1 0 3 0*6'],
				},
				{
					says: 'Make it say its HELLO once more.',
					done: (seen) => hasTold(seen, 'the loader said HELLO, mode 3'),
					wrong: spoilings,
					hint: `words 7 8, then wait 8 until it comes again, then open ${port}.`,
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

/** The silence that is to be heard was broken. */
const spoken = (seen: Seen) =>
	seen.frames.length === 0
		? undefined
		: (spoiled(seen) ?? `The port was not silent: something was sent. ${startOver}`);
