import { exitCode } from '../../problem.ts';
import { on, type Rule } from '../evidence/rule.ts';

/** What was a symptom before the flash is none any more: the newest finding says so. */
export const flashDone = (): Rule =>
	on(['flash-ended'], ({ event }) => {
		if (event.exit !== exitCode.done) return undefined;
		return {
			title: 'The modem is back',
			means: event.message,
			next: [
				'Read its PRI and carrier: AT!PRIID?, AT!IMPREF?.',
				'Keep the recording: it says what was written and when.',
			],
			certainty: 'proven',
			reference: 'modemscope flash, exit code 0',
		};
	});
