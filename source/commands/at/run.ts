import type { Step } from '../../at/armed/script.ts';
import type { Emit } from '../../events.ts';
import type { Host } from '../../host.ts';
import type { Flags, Output } from '../command.ts';

/** What `modemscope at` was asked to send, and by what means. */
export type AtRun = {
	readonly steps: readonly Step[];
	/** The AT lines among the steps. */
	readonly lines: readonly string[];
	readonly flags: Flags;
	readonly output: Output;
	readonly password: string | undefined;
	readonly host: Host;
	readonly emit: Emit;
};
