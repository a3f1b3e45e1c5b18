import { findScenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import { hasTold, type Seen, toldOf } from '../bench/seen.ts';

/** Seconds after the coming in which an armed command is sent. */
const atOnce = 0.5;

export const twoSeconds: Lesson = {
	name: 'two-seconds',
	title: 'Two seconds',
	prepare: (draw) => {
		const first = draw.number(1, 6);
		const port = `ttyUSB${first + 2}`;
		const from = draw.number(2.4, 2.8, 1);
		return {
			firstNode: first,
			text: [
				'A modem in a boot loop takes AT commands in the two seconds in which it is there. AT!BOOTHOLD makes it reset and hold in its loader. That ends the loop, and nothing is lost: RESET starts the application again. RESET is the numbers 7 8; "words 7 8" sends them. To do it by hand, type this line, and press Enter when the modem comes:',
				`    at ${port} AT!BOOTHOLD`,
				'"arm COMMAND" sends a command by itself as soon as the AT port comes.',
			],
			modems: [{ ...findScenario('boot-loop'), present: [from, from + 0.2], absent: [8, 10] }],
			tasks: [
				{
					says: 'Hold it in its loader: by hand, or with "after" as in lesson 2.',
					done: (seen) => hasTold(seen, 'AT!BOOTHOLD: OK') && isHeld(seen),
					wrong: (seen) => [
						...seen.told
							.filter(({ does }) => / (ERROR|\+CME)/.test(does))
							.map(({ does }) => `It answered ${does}.`),
						...seen.opened
							.filter((each) => each.interface !== 3)
							.map((each) => `${each.port} is not the AT port: no answer.`),
					],
					hint: `Now: after came 0.5 at ${port} AT!BOOTHOLD`,
					best: [`after came 0.5 at ${port} AT!BOOTHOLD`, 'wait 30'],
				},
				{
					says: 'Let it go: open the port of the loader, hear its HELLO, and send RESET.',
					done: (seen) =>
						toldOf(seen, 'went from the bus').length > 0 &&
						seen.frames.some(({ name }) => name === 'RESET_RSP'),
					wrong: (seen) =>
						seen.told
							.filter(({ does }) => does.includes('did not expect'))
							.map(() => 'The loader took that for junk. RESET is: words 7 8.'),
					hint: `open ttyUSB${first}, wait 2, then words 7 8.`,
					best: [`open ttyUSB${first}`, 'wait 2', 'words 7 8'],
				},
				{
					says: `Hold it once more, within ${atOnce} s after it comes: arm the command.`,
					done: (seen) =>
						toldOf(seen, 'AT!BOOTHOLD: OK').some(({ t }) => sinceComing(seen, t) <= atOnce),
					wrong: (seen) =>
						toldOf(seen, 'AT!BOOTHOLD: OK')
							.map(({ t }) => sinceComing(seen, t))
							.filter((age) => age > atOnce)
							.map((age) => `It was sent ${age.toFixed(1)} s after the modem came.`),
					hint: 'arm AT!BOOTHOLD, then wait.',
					best: ['arm AT!BOOTHOLD', 'wait 30'],
				},
			],
		};
	},
};

const isHeld = ({ whole }: Seen) => whole.changes.at(-1)?.ports === 1;

const sinceComing = ({ whole }: Seen, t: number) =>
	t - (whole.changes.findLast((change) => change.ports > 0 && change.t <= t)?.t ?? t);
