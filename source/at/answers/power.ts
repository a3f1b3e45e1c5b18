import { type Field, fieldOf, type Reader } from './field.ts';

/** What keeps a modem in low power. Sources: WP76xx AT reference p. 86, rule low-power. */
const voters: Readonly<Record<string, string>> = {
	IMSWITCH: 'firmware and PRI do not match',
	GOBIIM: 'firmware and PRI do not match',
	W_DISABLE: 'the W_DISABLE pin is low',
	USER: 'somebody asked for it (AT+CFUN, QMI)',
	TEMP: 'it is too hot or too cold',
	VOLT: 'the supply voltage is out of its range',
	BIOS: 'the host’s BIOS asked for it',
	FOTA: 'an update over the air',
	RFCAL: 'radio calibration data are missing',
};

const firstOf = (lines: readonly string[], pattern: RegExp) =>
	lines.map((line) => pattern.exec(line.trim())?.[1]).find((found) => found !== undefined);

/**
 * The list behind its label. It goes on in the next line where one ends with a comma; `W_DISABLE: 1`
 * and `Poweroff mode: 1` below it are pins and settings, and no voters.
 */
function votersIn(lines: readonly string[]): string {
	const first = lines.findIndex((line) => listed.test(line));
	let list = listed.exec(lines[first] ?? '')?.[1] ?? '';
	for (const line of lines.slice(first + 1)) {
		if (!/,\s*$/.test(list)) break;
		list += ` ${line}`;
	}
	return list;
}
const listed = /LPM (?:voters|force flags) *[-:] *(.*: *[01]\b.*)/i;

/** AT!PCINFO?, the new form (LPM voters) and the old one (LPM force flags, over two lines at times). */
export const power: Reader = (lines) => {
	const state = firstOf(lines, /^State: *([\s\S]+)$/i);
	const persistence = firstOf(lines, /^LPM persisten(?:ce|t) *[-:] *([\s\S]+)$/i);
	const list = votersIn(lines);
	const asked = [...list.matchAll(/(?<!\w)(\w+): *1\b/g)].map(([, name = '']) => name);
	const says = asked.map((name) => voters[name.toUpperCase()] ?? '').filter(Boolean);
	const fields: (Field | undefined)[] = [
		state === undefined
			? undefined
			: fieldOf('state', 'Power', state, undefined, !/^(?:online|1)\b/i.test(state)),
		list === ''
			? undefined
			: fieldOf(
					'lowPowerBy',
					'Low power requested by',
					asked.join(', ') || 'nothing',
					says.join('; '),
					asked.length > 0,
				),
		persistence === undefined ? undefined : fieldOf('persistence', 'Persistence', persistence),
	];
	return fields.filter((field) => field !== undefined);
};
