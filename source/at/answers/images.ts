import { type Field, fieldOf, type Reader } from './field.ts';

/** `FW   1    GOOD   1   0 0      ?_?         02.24.05.06_?`; an empty slot has no ids. */
const row =
	/^\s*(FW|PRI)\s+(\w+)\s+(GOOD|EMPTY|BAD|\w+)\s+(\d+)\s+(\d+)\s+(\d+)(?:\s+(\S+)\s+(\S+))?\s*$/i;
/** The slot that a modem names whose firmware is not among the stored ones. */
const noSlot = '255';

/** AT!IMAGE?, a field an image that is there. */
export const images: Reader = (lines) => {
	const fields: Field[] = [];
	let stored = 0;
	let empty = 0;
	for (const line of lines) {
		const [, type = '', slot, state = '', , failed1 = '0', failed2 = '0', unique, build] =
			row.exec(line) ?? [];
		if (slot !== undefined && state.toUpperCase() === 'EMPTY') empty++;
		else if (slot !== undefined) {
			stored++;
			const bad = Number(failed1) + Number(failed2) > 0 || !/^good$/i.test(state);
			const means = bad ? `${state}, ${failed1} failed writes, ${failed2} failed switches` : state;
			const named = [unique, build].filter((id) => id && id !== '?_?').join(' ');
			fields.push(
				fieldOf(
					`${type.toLowerCase()}Slot${slot}${type === 'PRI' ? `-${stored}` : ''}`,
					`${type} slot ${slot}`,
					named || '?',
					means,
					bad,
				),
			);
		}
		const [, active] = /Active FW image is at slot (\d+)/i.exec(line) ?? [];
		if (active !== undefined) {
			const means = active === noSlot ? 'none of the stored ones' : undefined;
			fields.push(fieldOf('activeSlot', 'Active slot', active, means));
		}
		const [, kind, most] = /Max (FW|PRI) images: *(\d+)/i.exec(line) ?? [];
		if (kind) fields.push(fieldOf(`max${kind}`, `Most ${kind} images`, most ?? ''));
	}
	if (stored === 0 && empty > 0) {
		fields.push(fieldOf('storedImages', 'Stored images', 'none', 'every slot is empty', true));
	} else if (stored > 0) {
		fields.push(fieldOf('storedImages', 'Stored images', String(stored)));
	}
	return fields;
};
