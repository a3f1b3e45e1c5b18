/**
 * `gate` opens others, or sets how this port speaks; `passing` changes something that a reset or its
 * opposite brings back; `leaves` ends the application until somebody brings it back.
 */
export type Danger =
	| 'read'
	| 'gate'
	| 'passing'
	| 'configuration'
	| 'resets'
	| 'leaves'
	| 'destructive';

export type AtCommand = {
	readonly name: string;
	readonly says: string;
	readonly danger: Danger;
	/** What is lost or changed, for everything that does not only read. */
	readonly risk?: string;
	/** How to come back from there. */
	readonly back?: string;
	/** AT!ENTERCND first: always, or on some firmware. */
	readonly entercnd?: 'always' | 'some';
	/** How it is written, where the name does not say it. */
	readonly syntax?: string;
	/** What it is answered with, besides OK. */
	readonly answer?: string;
	/** Families that have it; all of Sierra's unless given. */
	readonly products?: string;
	readonly source: string;
	/** Other ways to write it, in capitals and without spaces; `name` is one anyway. */
	readonly forms?: RegExp;
	/** Other words that find it. */
	readonly synonyms?: readonly string[];
	/** Seconds that its answer may take, where the usual is not enough. */
	readonly seconds?: number;
};
