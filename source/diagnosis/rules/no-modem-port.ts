import { answeredFields, SaidOnce } from '../evidence/answered.ts';
import { on, type Rule } from '../evidence/rule.ts';

const modem = 0x8;

/** Said while it can still be mended: before the next reset. Another type may have its AT port elsewhere, or without a driver. */
export function noModemPort(): Rule {
	const said = new SaidOnce();
	return on(['at-answered'], ({ event }) => {
		const fields = answeredFields(event);
		const mask = fields.get('interfaceBitmask');
		if (!mask || !said.isNew(event.port, mask.wrong ? mask.value : undefined)) return undefined;
		const [index, type] = ['configIndex', 'configType'].map(
			(key) => /^\d+/.exec(fields.get(key)?.value ?? '')?.[0],
		);
		const wanted = (Number.parseInt(mask.value, 16) | modem).toString(16).toUpperCase();
		return {
			title: 'After the next reset this modem has no AT port',
			means: `Its USB composition is ${mask.value}: MODEM (bit 8) is not in it.`,
			next: [
				index && type
					? `Add MODEM before the next reset, and keep the type: AT!USBCOMP=${index},${type},${wanted}.`
					: `Add MODEM before the next reset: AT!USBCOMP=<index>,<type>,${wanted}, with the index and the type that AT!USBCOMP? shows.`,
				'After a reset only QMI over MBIM (DMS 0x555C) or an NVU brings the port back.',
			],
			certainty: 'proven',
			reference: 'Sierra forum 8499, 7986, 14913',
		};
	});
}
