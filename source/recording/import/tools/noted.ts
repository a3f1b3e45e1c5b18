import type { Importer, LineReader } from '../importer.ts';
import { leadingStamp } from '../time/stamps.ts';

/**
 * An importer of a tool's remarks, one a line: they are kept as they are, for the rules to judge.
 * `opens` are lines that no other text has; `follows` are its too, once one of those was seen.
 */
export const remarksOf = (
	reads: string,
	opens: readonly RegExp[],
	follows: readonly RegExp[] = [],
): Importer => ({
	reads,
	begin: (paste): LineReader => {
		const clock = paste.clock();
		let begun = false;
		return {
			take: (line) => {
				const isFirst = opens.some((form) => form.test(line.text));
				if (!isFirst && !(begun && follows.some((form) => form.test(line.text)))) return false;
				begun = true;
				const { stamp } = leadingStamp(line.text);
				const moment = stamp ? clock.at(stamp) : clock.isSet ? clock.now : paste.untimed;
				paste.note(line, moment);
				return true;
			},
		};
	},
});
