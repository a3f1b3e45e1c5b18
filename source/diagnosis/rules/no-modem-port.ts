import { answeredFields, SaidOnce } from '../answered.ts';
import type { Rule } from '../rule.ts';

/** R20, while it can still be mended. */
export function noModemPort(): Rule {
	const said = new SaidOnce();
	return ({ event }) => {
		if (event?.type !== 'at-answered') return undefined;
		const mask = answeredFields(event).get('interfaceBitmask');
		if (!mask || !said.isNew(event.port, mask.wrong ? mask.value : undefined)) return undefined;
		return {
			title: 'After the next reset this modem has no AT port',
			means: `Its USB composition is ${mask.value}: MODEM (bit 8) is not in it.`,
			next: [
				'Set one with MODEM before the next reset: AT!USBCOMP=1,1,10D (QMI) or 1,1,100D (MBIM).',
				'After a reset only QMI over MBIM (DMS 0x555C) or an NVU brings the port back.',
			],
			certainty: 'proven',
			reference: 'Sierra forum 8499, 7986; rule R20',
		};
	};
}
