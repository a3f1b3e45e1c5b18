import { rehearsalBytes } from '../../firmware/rehearsal/image.ts';
import { findScenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import { hasTold, refusals, type Seen, startOver, toldOf } from '../bench/seen.ts';

const faults = {
	stuck: {
		start: (port: string) => [`open ${port}`, 'wait 6', 'words 7 8', 'wait 8', `open ${port}`],
		hint: 'It is in its loader and silent: its HELLO was read before.',
		cites: 'the first frame you sent, after the silence',
		/** A silent loader shows itself by what we said first. */
		shows: ({ whole }: Seen) => whole.frames.find(({ dir }) => dir === 'out')?.number,
	},
	spoiled: {
		start: (port: string) => [`open ${port}`, 'wait 3', 'words 7 8', 'wait 8', `open ${port}`],
		hint: 'Its HELLO has mode 2: somebody sent junk. Only a reset helps.',
		cites: 'the HELLO with mode 2',
		shows: ({ whole }: Seen) =>
			whole.frames.find(({ name, dir }) => dir === 'in' && name.startsWith('HELLO'))?.number,
	},
	'boot-loop': {
		start: (port: string) => ['arm AT!BOOTHOLD', 'wait 25', `open ${port}`],
		hint: 'It comes and goes: a boot loop. Hold it in its loader first (lesson 3).',
		cites: 'your first AT!BOOTHOLD',
		shows: ({ whole }: Seen) =>
			whole.frames.find(({ bytes }) => Buffer.from(bytes).includes('BOOTHOLD'))?.number,
	},
} as const;

export const exam: Lesson = {
	name: 'exam',
	title: 'Silence, faults, exam',
	prepare: (draw) => {
		const name = draw.one(Object.keys(faults) as (keyof typeof faults)[]);
		const fault = faults[name];
		const port = `ttyUSB${draw.number(0, 7)}`;
		const commitSeconds = draw.number(30, 90);
		return {
			firstNode: Number(port.slice(6)),
			firmware: rehearsalBytes(draw.number(2000, 6000)),
			text: [
				'When it has the last sector, the loader checks the image and writes its flash memory. It is silent for a minute and more. Take its power away now, and it never starts again: wait for ACK or NAK. The exam: something is wrong with this modem. Find out what, bring it to Firehose, write the file ("write" does what you did in lesson 6), reset it, and see it run. Do not break it. At the end cite three frames: what shows the fault, EXECUTE_RSP for 0xff00, the last ACK of the write.',
			],
			modems: [{ ...findScenario(name), commitSeconds, present: [2.6, 2.9], absent: [8, 10] }],
			tasks: [
				{
					says: 'Bring the loader to Firehose.',
					done: (seen) => hasTold(seen, 'the loader speaks Firehose'),
					wrong: (seen) => [
						...toldOf(seen, 'did not expect').map(() => 'The loader is spoiled: reset it.'),
						...toldOf(seen, 'came too soon').map(() => 'HELLO_RSP came too soon: reset it.'),
						...refusals(seen),
					],
					hint: `${fault.hint} Then HELLO_RSP and EXECUTE 0xff00, as in lesson 6.`,
					best: [
						...fault.start(port),
						'wait 3',
						'words 2 48 2 1 0 3 0*6',
						'wait 1',
						'words 13 12 0xff00',
						'wait 1',
						'words 15 12 0xff00',
					],
				},
				{
					says: 'Write the file, and wait until the silence ends.',
					done: (seen) => hasTold(seen, 'the image is accepted'),
					wrong: (seen) => [
						...refusals(seen),
						...seen.acts
							.filter(({ verb }) => verb === 'power')
							.map(() =>
								hasTold(seen, 'of silence follow')
									? `The power went while it wrote: it is broken. ${startOver}`
									: `The power went. ${startOver}`,
							),
					],
					hint: `write, then wait ${commitSeconds + 5}. Touch nothing.`,
					best: ['write', `wait ${commitSeconds + 5}`],
				},
				{
					says: 'Reset it, and let its application run for 20 s.',
					done: ({ changes, now }) => {
						const last = changes.at(-1);
						return last !== undefined && last.ports > 1 && now - last.t >= 20;
					},
					hint: 'xml power value=reset, then wait 40.',
					best: ['xml power value=reset', 'wait 40'],
				},
				{
					says: 'cite three frames: the fault, the EXECUTE_RSP, the ACK of the write.',
					done: (seen) => {
						const due = evidence(seen, fault.shows(seen));
						return due.every((number) => number !== undefined && seen.cited.includes(number));
					},
					wrong: (seen) => {
						const due = evidence(seen, fault.shows(seen));
						return seen.cited
							.filter((number) => !due.includes(number))
							.map((number) => `Frame ${number} shows none of the three.`);
					},
					hint: `The fault: ${fault.cites}. Then EXECUTE_RSP and ACK rawmode=false. Tab and PgUp show older frames with their numbers.`,
					best: (seen) => [`cite ${evidence(seen, fault.shows(seen)).join(' ')}`],
				},
			],
		};
	},
};

/** The numbers of the three frames. */
function evidence({ whole }: Seen, fault: number | undefined): (number | undefined)[] {
	const { frames } = whole;
	const response = frames.find(({ name }) => name === 'EXECUTE_RSP')?.number;
	const written = frames.find(
		({ dir, bytes }) => dir === 'in' && Buffer.from(bytes).includes('rawmode="false"'),
	)?.number;
	return [fault, response, written];
}
