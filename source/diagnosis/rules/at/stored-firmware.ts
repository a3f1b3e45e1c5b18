import { answeredFields, SaidOnce } from '../../evidence/answered.ts';
import { on, type Rule } from '../../evidence/rule.ts';

/** The slot that a modem names whose firmware is not among the stored ones. */
const noSlot = '255';

/** AT!IMAGE?: all slots are empty, or the firmware that runs is in none. */
export function nothingStored(): Rule {
	const said = new SaidOnce();
	return on(['at-answered'], ({ event }) => {
		const fields = answeredFields(event);
		const isEmpty = fields.get('storedImages')?.wrong === true;
		const isNone = fields.get('activeSlot')?.value === noSlot;
		if (!fields.has('activeSlot') && !fields.has('storedImages')) return undefined;
		if (!said.isNew(event.port, isEmpty || isNone ? `${isEmpty}` : undefined)) return undefined;
		return {
			title: isEmpty
				? 'No firmware is stored in this modem’s image slots'
				: 'The firmware that runs is none of the stored ones (active slot 255)',
			means:
				'It runs what its boot loader started, and has no stored pair of firmware and carrier settings to choose from. With a preference set for one it stays in low power.',
			next: [
				'Flash firmware and carrier settings together: modemscope flash FILE.cwe FILE.nvu.',
				'Then read AT!IMAGE? and AT!IMPREF? again.',
			],
			certainty: isEmpty ? 'proven' : 'likely',
			reference: 'Sierra forum 13010, 23268; danielewood issue 52',
		};
	});
}

/** AT!PRIID?: the carrier settings are not there. */
export function noPri(): Rule {
	const said = new SaidOnce();
	return on(['at-answered'], ({ event }) => {
		const pri = answeredFields(event).get('priPartNumber');
		const isUnknown = /^unknown$/i.test(pri?.value ?? '');
		if (!pri || !said.isNew(event.port, isUnknown ? pri.value : undefined)) return undefined;
		return {
			title: 'The modem has no carrier settings: its PRI is Unknown',
			means:
				'AT!PRIID? names none. An update that sent the firmware and not its .nvu leaves it so, and the modem may stay in low power.',
			next: [
				'Flash both together: modemscope flash FILE.cwe FILE.nvu.',
				'Read AT!IMPREF? and AT!PCINFO? behind it.',
			],
			certainty: 'likely',
			reference: 'Sierra forum 13010, 33000',
		};
	});
}

/** AT!BCFWUPDATESTATUS (AT reference 4118047, p. 158). */
export function updateFailed(): Rule {
	const said = new SaidOnce();
	return on(['at-answered'], ({ event }) => {
		const fields = answeredFields(event);
		const status = fields.get('updateStatus');
		if (!status || !said.isNew(event.port, status.wrong ? status.value : undefined))
			return undefined;
		const part = fields.get('failedPartition')?.value;
		const image = fields.get('failedImage')?.value;
		return {
			title: `The last update failed${part ? ` while it wrote ${part}` : ''}`,
			means: `The modem’s boot loader says so itself: ${status.value}${image ? `, image ${image}` : ''}.`,
			next: [
				'Check the file: modemscope inspect FILE --model MODEL.',
				'Flash it again, on a USB 2 port with a supply of its own: modemscope flash FILE.',
			],
			certainty: 'proven',
			reference: 'WP76xx AT reference 4118047 p. 158',
		};
	});
}
