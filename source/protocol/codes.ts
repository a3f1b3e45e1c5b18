import type { Code } from './fields.ts';

type Row = readonly [name: string, means: string, next: string];

/** Codes counted from `first`; 0 is success and asks for nothing. */
export function codesFrom(first: number, rows: readonly Row[]): Readonly<Record<number, Code>> {
	return Object.fromEntries(
		rows.map(([name, means, next], index): [number, Code] => [
			first + index,
			next === '' ? { name, means } : { name, means, next },
		]),
	);
}

/** The names alone. */
export const namesOf = (codes: Readonly<Record<number, Code>>): Readonly<Record<number, string>> =>
	Object.fromEntries(Object.entries(codes).map(([code, { name }]) => [code, name]));
