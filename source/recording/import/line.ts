/** A line of a pasted text, without its dressing: colours, quote marks, indentation. */
export type Line = {
	/** Counted from 1. */
	readonly number: number;
	readonly text: string;
	/** Columns of blanks before it. */
	readonly indent: number;
};
