import { wayIn } from '../../modems/ways-in.ts';
import { exitCode } from '../../problem.ts';
import { productAt } from '../evidence/product-at.ts';
import { type FindingText, on, type Rule } from '../evidence/rule.ts';

export function flashFailed(): Rule {
	/** The phase that failed, of the flash that runs. */
	let failed: NonNullable<FindingText['evidence']> = [];
	return on(['flash-started', 'flash-phase', 'flash-ended'], (moment) => {
		const { t, event } = moment;
		if (event.type === 'flash-started') failed = [];
		if (event.type === 'flash-phase' && event.state === 'failed') {
			const why = event.detail ? `: ${event.detail}` : '';
			failed = [{ t, says: `${event.phase} failed${why}` }];
		}
		if (event.type !== 'flash-ended' || event.exit !== exitCode.failedDuringWrite) return undefined;
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
			evidence: [...failed, { t, says: `the flash ended: ${event.message}` }],
		};
	});
}
