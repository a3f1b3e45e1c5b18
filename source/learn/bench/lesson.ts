import type { Scenario } from '../../simulator/modem/scenarios.ts';
import type { Draw } from './draw.ts';
import type { Seen } from './seen.ts';

/** What a learner does in a lesson; the bench judges it by what the simulated modem saw. */
export type Task = {
	readonly says: string;
	readonly done: (seen: Seen) => boolean;
	/** What went wrong since the task began, a sentence each; there are never fewer later. */
	readonly wrong?: (seen: Seen) => readonly string[];
	/** Why the modem can no longer do it; only `again` helps then. */
	readonly blocked?: (seen: Seen) => string | undefined;
	/** Shown after two failures. */
	readonly hint: string;
	/** The lines that do it with the least, shown afterwards. */
	readonly best: readonly string[] | ((seen: Seen) => readonly string[]);
};

/** A lesson with the values of one learner. */
export type Exercise = {
	/** Paragraphs: seven rows at most, where a row has 79 columns. */
	readonly text: readonly string[];
	readonly modems: readonly Scenario[];
	/** The number of the first ttyUSB. */
	readonly firstNode?: number;
	/** The firmware file that `sectors`, `write` and the UF verbs send. */
	readonly firmware?: Buffer;
	/** What the lower pane shows until Tab is pressed. */
	readonly shows?: 'arrows' | 'hex';
	readonly tasks: readonly Task[];
};

export type Lesson = {
	readonly name: string;
	readonly title: string;
	/** The same draw gives the same exercise. */
	readonly prepare: (draw: Draw) => Exercise;
};
