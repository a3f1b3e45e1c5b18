import type { EventOf } from '../../events.ts';

/** What a person can do next, for the console to offer as a key. */
export type StepAction =
	| 'wait'
	| 'arm'
	| 'read-state'
	| 'open-file'
	| 'plan'
	| 'start'
	| 'continue-flash'
	| 'follow-flash'
	| 'send'
	| 'shell'
	| 'simulate';

export type NextStep = {
	readonly action: StepAction;
	readonly says: string;
	/** What is sent to the modem, or run in another shell. */
	readonly line?: string;
};

export type Situation = {
	readonly state:
		| 'no USB'
		| 'no modem'
		| 'gone'
		| 'starting'
		| 'looping'
		| 'application'
		| 'low power'
		| 'no driver'
		| 'loader passing'
		| 'loader'
		| 'loader spoiled'
		| 'half flashed'
		| 'EDL'
		| 'memory dump'
		| 'unknown'
		| 'flashing'
		| 'committing'
		| 'rebooting'
		| 'checking';
	/** A few words for the header. */
	readonly words: string;
	readonly grade: 'good' | 'warn' | 'bad' | 'calm';
	/** What it is, and what of it is not known yet: a sentence or two. */
	readonly says: string;
	/** When a modem in a boot loop can be caught next. */
	readonly countdown?: string;
	readonly next: NextStep | undefined;
	/** What else can be done about what was found first. */
	readonly steps: readonly string[];
	/** What was found and holds, what stands in the way most first; nothing while a flash runs. */
	readonly findings: readonly EventOf<'finding'>[];
};

/** A situation before it is known what was found in it. */
export type Standing = Omit<Situation, 'findings' | 'steps'>;
