/** Exit codes of every command, as documented in the README. */
export const exitCode = {
	done: 0,
	failed: 1,
	usage: 2,
	noDevice: 3,
	noAccess: 4,
	fileRejected: 5,
	refusedBeforeWrite: 6,
	failedDuringWrite: 7,
	writtenButUnchecked: 8,
	loopSeen: 9,
	interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/**
 * A failure that reaches the user as plain sentences: what happened, the state the modem is in
 * (where a modem is concerned), and the next step. Anything else that is thrown is a defect.
 */
export class Problem extends Error {
	override name = 'Problem';
	readonly exit: ExitCode;
	/** The state the modem is in now, when that can be said. */
	readonly modem: string | undefined;
	/** What the person should do next. */
	readonly next: string | undefined;

	constructor(
		exit: ExitCode,
		what: string,
		more: { modem?: string | undefined; next?: string | undefined; cause?: unknown } = {},
	) {
		super(what, { cause: more.cause });
		this.exit = exit;
		this.modem = more.modem;
		this.next = more.next;
	}

	/** The sentences, on one line. */
	get sentence(): string {
		return [this.message, this.modem, this.next && `Next: ${this.next}`].filter(Boolean).join(' ');
	}
}
