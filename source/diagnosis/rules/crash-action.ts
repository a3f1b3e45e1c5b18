import { answeredFields, SaidOnce } from '../evidence/answered.ts';
import { on, type Rule } from '../evidence/rule.ts';

export function crashAction(): Rule {
	const said = new SaidOnce();
	return on(['at-answered'], ({ event }) => {
		const action = answeredFields(event).get('crashAction');
		if (!action || !said.isNew(event.port, action.wrong ? action.value : undefined))
			return undefined;
		return {
			title: 'A crash would leave this modem offline: it waits for a memory dump',
			means:
				'AT!EROPTION is 0: after a crash the modem holds with one port, like a boot loader, until a power cycle. litefw refuses to flash it so (errors 103, 106).',
			next: [
				'AT!EROPTION=1, then AT!RESET: a crash resets the modem (asks for AT!ENTERCND).',
				'Leave it at 0 only to take a memory dump.',
			],
			certainty: 'proven',
			reference: 'litefw; edl README',
		};
	});
}
