/** How often the guard may act: what it did is kept in a file, so that a restart gives it nothing anew. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { replaceFile } from '../own-files.ts';
import { exitCode, Problem } from '../problem.ts';

export const acts = ['inhibit', 'catch', 'leave', 'flash'] as const;
export type Act = (typeof acts)[number];

/** One thing that was done, and how it ended. */
export type Done = {
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly act: Act;
	readonly ok: boolean;
	/** How it ended, as a sentence. */
	readonly says: string;
};

const hour = 3_600_000;
const day = 24 * hour;
/** So many of the same act that fail with the same sentence, one after the other, end all acts. */
const equalFailures = 2;
const kept = 50;

const fileSchema = v.array(
	v.object({
		at: v.number(),
		act: v.picklist(acts),
		ok: v.boolean(),
		says: v.string(),
	}),
);

export class Budget {
	readonly #path: string | undefined;
	#done: readonly Done[];

	/** Throws a Problem when the file is there and cannot be read: then nobody knows what was done. */
	constructor(path?: string) {
		this.#path = path;
		this.#done = path === undefined ? [] : readDone(path);
	}

	get done(): readonly Done[] {
		return this.#done;
	}

	/** Why nothing is done any more, until a person has looked. */
	get stopped(): string | undefined {
		const last = this.#done.slice(-equalFailures);
		const [first] = last;
		const isEqual = ({ ok, act, says }: Done) => !ok && act === first?.act && says === first.says;
		return first && last.length === equalFailures && last.every(isEqual)
			? `${first.act} has failed ${equalFailures} times alike: ${first.says}`
			: undefined;
	}

	/**
	 * Milliseconds until `act` may be done; 0 when it may now. Keeping ModemManager off does nothing to
	 * the modem, and neither waits nor lets others wait. A clock that was set back does not lengthen it.
	 */
	waits(act: Act, now: number): number {
		if (this.stopped !== undefined) return Number.POSITIVE_INFINITY;
		if (act === 'inhibit') return 0;
		const left = (done: Done | undefined, pause: number) =>
			done === undefined ? 0 : Math.max(0, Math.min(now, done.at) + pause - now);
		const last = this.#done.findLast((done) => done.act !== 'inhibit');
		const sameDay =
			act === 'flash' ? this.#done.findLast((done) => done.act === 'flash') : undefined;
		return Math.max(left(last, hour), left(sameDay, day));
	}

	keep(done: Done): void {
		this.#done = [...this.#done, done].slice(-kept);
		if (this.#path !== undefined) replaceFile(this.#path, `${JSON.stringify(this.#done)}\n`);
	}
}

function readDone(path: string): Done[] {
	try {
		return v.parse(fileSchema, JSON.parse(readFileSync(path, 'utf8')));
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw new Problem(exitCode.failed, `What the guard did before cannot be read from ${path}.`, {
			next: 'look into the file, and remove it to begin anew.',
			cause,
		});
	}
}
