/**
 * The one filter language of all lists: words that must be there, `field:value`, and `!` before
 * what must not. `protocol:sahara !dir:out "read data"`.
 */
export type About = {
	/** What words are looked for in. */
	readonly text: string;
	readonly fields?: Readonly<Record<string, string>>;
};

export type Filter = (item: About) => boolean;

const term = /(!?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S*))/gi;

/** Undefined when nothing was asked for. */
export function parseFilter(typed: string): Filter | undefined {
	const terms = [...typed.matchAll(term)].flatMap(([, not, field, quoted, word = '']) => {
		const wanted = (quoted ?? word).toLowerCase();
		return wanted === '' ? [] : [{ isNot: not === '!', field: field?.toLowerCase(), wanted }];
	});
	if (terms.length === 0) return undefined;
	return ({ text, fields }) =>
		terms.every(({ isNot, field, wanted }) => {
			const value = field === undefined ? text : fields?.[field];
			return (value?.toLowerCase().includes(wanted) ?? false) !== isNot;
		});
}
