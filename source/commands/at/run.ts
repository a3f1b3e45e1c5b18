import type { Step } from '../../at/armed/script.ts';
import type { Emit } from '../../events.ts';
import type { Host } from '../../host.ts';
import type { Output } from '../common/command.ts';
import type { AtFlags } from '../common/options.ts';

/** What `modemscope at` was asked to send, and by what means. */
export type AtRun = {
	readonly steps: readonly Step[];
	/** The AT lines among the steps. */
	readonly lines: readonly string[];
	readonly flags: AtFlags;
	readonly output: Output;
	readonly password: string | undefined;
	readonly host: Host;
	readonly emit: Emit;
};
