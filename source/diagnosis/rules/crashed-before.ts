import { answeredFields, SaidOnce } from '../evidence/answered.ts';
import { on, type Rule } from '../evidence/rule.ts';

/** Resets that are more than somebody's doing. */
const manyResets = 3;
/** Seconds after which a reset counter says nothing of a loop. */
const youth = 300;

/** Crash data that are kept, and a reset counter that grew. */
export function crashedBefore(): Rule {
	const dumps = new SaidOnce();
	const counters = new SaidOnce();
	return on(['at-answered'], ({ event }) => {
		const fields = answeredFields(event);
		const crash = fields.get('crash');
		if (crash) {
			const where = ['crashFile', 'crashLine', 'crashText']
				.map((key) => fields.get(key)?.value)
				.filter(Boolean)
				.join(' ');
			if (!dumps.isNew(event.port, crash.wrong ? where : undefined)) return undefined;
			return {
				title: 'The application has crashed before',
				means: `It kept the data of its last crash${where ? `: ${where}` : ''}.`,
				next: [
					'Keep this recording: the maker’s support asks for AT!GCDUMP and AT!ERR.',
					'Compare the version in it with the one that runs: the crash may be of an older one.',
				],
				certainty: 'proven',
				reference: 'Sierra forum 25313, 28067',
			};
		}
		const counter = fields.get('resetCounter');
		if (!counter) return undefined;
		const count = Number(counter.value);
		const isYoung = Number(fields.get('uptime')?.value ?? youth) < youth;
		const looped = count >= manyResets && isYoung;
		if (!counters.isNew(event.port, looped ? counter.value : undefined)) return undefined;
		return {
			title: `The modem has reset ${count} times`,
			means:
				'Its own counter says so, soon after a start: it may be in a boot loop that nobody watched.',
			next: [
				'Look at the USB view for a minute: does it go and come again?',
				'Read AT!GCDUMP and AT!ERR while it is there.',
			],
			certainty: 'possible',
			reference: 'Sierra forum 13010, 28067',
		};
	});
}
