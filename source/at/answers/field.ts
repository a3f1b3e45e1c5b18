/** One thing that an answer says. */
export type Field = {
	/** For machines, and to find it again: `resetCounter`. */
	readonly key: string;
	readonly name: string;
	readonly value: string;
	/** What the value means, where it does not say so itself. */
	readonly means?: string;
	/** True when it is a reason why the modem does not work as it should. */
	readonly wrong?: true;
};

/** Reads the fields of an answer's lines; what is not there is left out. Never throws. */
export type Reader = (lines: readonly string[]) => Field[];

/** A field by the label before it: `Reset Counter: 3`. A line may hold two of them. */
export type Labelled = {
	readonly key: string;
	readonly name: string;
	readonly label: RegExp;
	readonly means?: (value: string) => string | undefined;
	readonly wrong?: (value: string) => boolean;
};

/** A value ends where two blanks or another label begin: GSTATUS sets its columns apart by tabs. */
const value = /[ \t]*[:=][ \t]*(.*?)(?=(?:[ \t]{2,}|\t)\S|[ \t]+[A-Z][\w ()]*:|[ \t]*$)/;

const patterns = new WeakMap<RegExp, RegExp>();

/** A label with its value behind it. */
function patternOf(label: RegExp): RegExp {
	const known = patterns.get(label);
	if (known) return known;
	const pattern = new RegExp(`(?:^|[ \t])[ \t]*(?:${label.source})${value.source}`, 'im');
	patterns.set(label, pattern);
	return pattern;
}

/** Reads each label of a table where it stands at a line's beginning, or behind two blanks or a tab. */
export const labelled =
	(table: readonly Labelled[]): Reader =>
	(lines) => {
		const text = lines.join('\n');
		return table.flatMap(({ key, name, label, means, wrong }) => {
			const found = patternOf(label).exec(text)?.[1]?.trim();
			return found === undefined ? [] : [fieldOf(key, name, found, means?.(found), wrong?.(found))];
		});
	};

export const fieldOf = (
	key: string,
	name: string,
	value: string,
	means?: string,
	wrong = false,
): Field => ({ key, name, value, ...(means ? { means } : {}), ...(wrong ? { wrong } : {}) });
