import { wayIn } from '../../modems/ways-in.ts';
import { exitCode } from '../../problem.ts';
import { productAt } from '../evidence/product-at.ts';
import { on, type Rule } from '../evidence/rule.ts';

export const flashFailed = (): Rule =>
	on(['flash-ended'], (moment) => {
		const { event } = moment;
		if (event.exit !== exitCode.failedDuringWrite) return undefined;
		return {
			title: 'The flash ended during the write: the modem needs another flash',
			means: `${event.message} ${event.modem}`.trim(),
			next: [
				...(event.next === undefined ? [] : [event.next]),
				'Leave the modem powered, and see whether it holds with one interface.',
				`If it does not, ${wayIn(productAt(moment))}.`,
				'Run modemscope flash again with the same file: it offers to go on.',
			],
			certainty: 'proven',
			reference: 'modemscope flash, exit code 7',
		};
	});
