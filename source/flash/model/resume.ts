/** How a flash that was left unfinished is resumed. */

/**
 * From the start, from the start once the loader has the rest of what it waits for, with the next file,
 * with the loader's reset, or with the check alone.
 */
export const resumeModes = ['flash', 'feed', 'rest', 'reset', 'verify'] as const;
export type ResumeMode = (typeof resumeModes)[number];

/** Where a flash of several files stopped between two of them. */
export type ResumePoint = {
	/** How many files the modem accepted. */
	readonly accepted: number;
	/** Bytes of all the files, as they were then. */
	readonly size: number;
	/** The device number of the loader that took them: after a reset the kernel gives another one. */
	readonly loader: number;
};

/** What each mode does, for a person who decides on it. */
export const resumeModeText: Readonly<Record<ResumeMode, string>> = {
	flash: 'the file is written from its start',
	feed: 'the loader still waits for the rest of the image: it gets zeros until it answers, then the file is written from its start',
	rest: 'the files that the modem has not accepted yet are written, in the session that still runs',
	reset: 'nothing is written: the loader is reset, and what starts is checked',
	verify: 'nothing is written: what the modem runs is checked',
};
