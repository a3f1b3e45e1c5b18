import { answeredFields, SaidOnce } from '../evidence/answered.ts';
import { type FindingText, on, type Rule } from '../evidence/rule.ts';

const reflash = 'Or delete the stored images with AT!IMAGE=0 and flash firmware and PRI together.';

const mismatched = (detail: string): FindingText => ({
	title: 'Low power: firmware and PRI do not match',
	means: `The modem runs, but keeps its radio off: ${detail}. It prefers a pair of firmware and carrier settings that is not the one it runs.`,
	next: [
		'Read AT!IMPREF? and AT!IMAGE?: which pair is stored?',
		'Set that pair with AT!IMPREF="GENERIC" (or its name), then AT!RESET.',
		reflash,
	],
	certainty: 'proven',
	reference: 'Sierra forum 13010, 21083, 33000; libqmi-devel 002587',
});

const pinned: FindingText = {
	title: 'Low power: the W_DISABLE pin is low',
	means: 'The board, an adapter or a laptop’s radio switch holds the pin that turns the radio off.',
	next: [
		'See the pin on the board; some adapters ground it.',
		'AT!PCOFFEN=2 makes the modem ignore it (asks for AT!ENTERCND).',
	],
	certainty: 'proven',
	reference: 'danielewood/sierra-wireless-modems; Sierra forum 13010',
};

const by = (voters: string, means: string | undefined): FindingText => ({
	title: `Low power: ${voters} asked for it`,
	means: `The modem runs, but keeps its radio off${means ? `: ${means}` : ''}.`,
	next: [
		/user/i.test(voters)
			? 'AT+CFUN=1 turns the radio on again.'
			: 'See AT!PCINFO? again when the cause is gone.',
	],
	certainty: 'proven',
	reference: 'WP76xx AT reference 4118047 p. 86',
});

/** What AT!PCINFO? and AT!IMPREF? say of a modem that runs without its radio. */
export function lowPower(): Rule {
	const votes = new SaidOnce();
	const mismatches = new SaidOnce();
	return on(['at-answered'], ({ event }) => {
		const fields = answeredFields(event);
		if (fields.has('preferredFirmware')) {
			const detail = fields.get('mismatch')?.value;
			return mismatches.isNew(event.port, detail && 'mismatch') ? mismatched(detail!) : undefined;
		}
		const voted = fields.get('lowPowerBy');
		if (!voted) return undefined;
		// A modem that is online keeps its radio on, whatever a pin says that it is told to ignore.
		const isOnline = /^online\b/i.test(fields.get('state')?.value ?? '');
		const voters = voted.wrong && !isOnline ? voted.value : undefined;
		if (!votes.isNew(event.port, voters)) return undefined;
		if (/IMSWITCH|GOBIIM/i.test(voted.value)) {
			// AT!IMPREF? may have said the same.
			return mismatches.isNew(event.port, 'mismatch')
				? mismatched(`${voted.value} votes for low power`)
				: undefined;
		}
		return /W_DISABLE/i.test(voted.value) ? pinned : by(voted.value, voted.means);
	});
}
