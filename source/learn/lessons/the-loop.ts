import { findScenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import type { Change, Seen } from '../bench/seen.ts';

/** Seconds that an answer may be off. */
const near = 0.2;

export const theLoop: Lesson = {
	name: 'the-loop',
	title: 'The loop',
	prepare: (draw) => {
		const present = draw.number(2.1, 2.9, 1);
		const gone = draw.number(9, 14, 1);
		const port = `ttyUSB${draw.number(1, 6) + 2}`;
		return {
			firstNode: Number(port.slice(6)) - 2,
			text: [
				'An application that starts, resets after seconds, and starts again is in a boot loop. One early reset is no loop yet; the second one is. The times repeat, so you can tell what comes next. The row under 3-1 draws them, high while the modem is there, and has the second of each change. Type:',
				'wait 30                     lets 30 s pass, in 3 s of yours',
				`after went 5 open ${port}   opens it 5 s after the modem next goes`,
				`after came 1 at ${port} AT  sends AT 1 s after the modem next comes`,
			],
			modems: [
				{
					...findScenario('exact-loop'),
					present: [present, present],
					absent: [gone, gone],
				},
			],
			tasks: [
				{
					says: `Open ${port} with "after went", within ${near} s after it comes.`,
					done: (seen) =>
						seen.opened.some(({ t }) => {
							const age = ageAt(seen, t);
							return age !== undefined && age <= near && byTimer(seen, t);
						}),
					wrong: (seen) => [
						...seen.acts
							.filter(({ verb }) => verb === 'failed open')
							.map(
								() => 'It was not there: you came too early, or so late that it was gone again.',
							),
						...seen.opened.flatMap(({ t }) => {
							const age = ageAt(seen, t);
							if (age === undefined || age <= near) return [];
							return [`You opened it ${age.toFixed(1)} s after it came: too late.`];
						}),
					],
					hint: 'How long is it gone? The next "came" minus "went"; add 0.1 s.',
					best: ['wait 30', `after went ${(gone + 0.1).toFixed(1)} open ${port}`, 'wait 30'],
				},
				{
					says: `Send AT to ${port} in the last ${near} s before it goes, and get its OK.`,
					done: (seen) =>
						seen.told.some(
							({ does, t }) => does === 'AT: OK' && (ageAt(seen, t) ?? 0) >= present - near - 0.01,
						),
					wrong: (seen) => [
						...seen.told
							.filter(
								({ does, t }) => does === 'AT: OK' && (ageAt(seen, t) ?? 9) < present - near - 0.01,
							)
							.map(
								({ t }) => `It answered ${ageAt(seen, t)!.toFixed(1)} s after it came: too early.`,
							),
						...seen.acts
							.filter(({ verb }) => verb === 'failed at')
							.map(() => 'It was gone already: too late.'),
					],
					hint: 'How long is it there? "went" minus the "came" before it; take 0.1 s off.',
					best: [`after came ${(present - 0.1).toFixed(1)} at ${port} AT`, 'wait 30'],
				},
			],
		};
	},
};

/** Seconds since the last coming; undefined when it was gone. */
function ageAt({ whole }: Seen, t: number): number | undefined {
	const last = whole.changes.findLast((change: Change) => change.t <= t);
	return last && last.ports > 0 ? t - last.t : undefined;
}

/** By after, and not by a key that was pressed just then. */
const byTimer = ({ acts }: Seen, t: number) =>
	acts.some(({ verb }) => verb === 'after') &&
	acts.some((act) => act.verb === 'open' && act.t <= t);
