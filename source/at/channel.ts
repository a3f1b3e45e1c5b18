import type { Clock } from '../clock.ts';
import type { Emit } from '../events.ts';
import type { Link } from '../link/link.ts';
import { LinkLost } from '../link/link.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import { Lines } from './lines.ts';
import { finalResult, noResult } from './results.ts';
import { maskSecrets } from './secrets.ts';
import { bringsText, isUnsolicited } from './unsolicited.ts';

export type AtAnswer = {
	/** The lines between the command and its result; the echo, empty and unsolicited lines left out. */
	readonly lines: readonly string[];
	/** `OK`, `ERROR`, `+CME ERROR: 3`, or why there is none: see `noResult`. */
	readonly result: string;
	readonly seconds: number;
};

/** A modem that sends so many lines without a result is not answering. */
const mostLines = 1000;
/** How long a result is held back that may be a late one of the command before, seconds. */
const secondThoughts = 0.3;
/** How long the modem may take to leave a prompt, seconds. */
const leavesPrompt = 5;
const giveUp = Buffer.from([0x1b]);

/** A command that was given up: its answer may still come. */
type Owed = { readonly command: string };

/**
 * Sends AT commands over a link, one at a time, and tells answers from what the modem says unsolicited (URCs).
 *
 *     link ─bytes─▶ Lines ─line─▶ echo? late? unsolicited? final? ─▶ AtAnswer
 */
export class AtChannel {
	readonly #link: Link;
	readonly #clock: Clock;
	readonly #emit: Emit;
	readonly #lines = new Lines();
	#owed: Owed | undefined;
	/** The next line is the text of a message that was announced. */
	#textFollows = false;

	constructor(link: Link, clock: Clock, emit: Emit) {
		this.#link = link;
		this.#clock = clock;
		this.#emit = emit;
	}

	/**
	 * Sends one line and waits up to `seconds` for its result. Never throws for what the modem or
	 * the port does: the result says it.
	 */
	async send(command: string, seconds: number, signal?: AbortSignal): Promise<AtAnswer> {
		const port = this.#link.port;
		await this.#reportUnsolicited();
		const start = this.#clock.now();
		const shown = sanitize(maskSecrets(command));
		this.#emit('at', { type: 'at-sent', port, command: shown });
		const { lines, result } = await this.#converse(command, start + seconds, signal);
		const answer = { lines, result, seconds: this.#clock.now() - start };
		this.#emit('at', { type: 'at-answered', port, command: shown, ...answer });
		return answer;
	}

	async #converse(command: string, deadline: number, signal?: AbortSignal) {
		const lines: string[] = [];
		const result = await this.#result(command, lines, deadline, signal).catch((error) => {
			if (error instanceof LinkLost) return noResult.lost;
			throw error;
		});
		this.#owed = result === noResult.silent ? { command } : undefined;
		return { lines, result };
	}

	async #result(
		command: string,
		lines: string[],
		deadline: number,
		signal?: AbortSignal,
	): Promise<string> {
		const echo = command.trim();
		const before = this.#owed;
		let isLate = false;
		let echoed = false;
		let isMixed = false;
		let count = 0;
		await this.#link.write(Buffer.from(`${command}\r`, 'latin1'));
		for (;;) {
			for (let line = this.#lines.next(); line !== undefined; line = this.#lines.next()) {
				if (++count > mostLines) return noResult.flood;
				if (line === '') continue;
				isMixed ||= lines.length === 0 && line !== echo && line.endsWith(echo);
				if (before && line === before.command.trim() && line !== echo) isLate = true;
				else if (line === echo) {
					// What came before the echo was no answer to it.
					this.#emitUnsolicited(lines.splice(0));
					isLate = false;
					echoed = true;
				} else if (this.#isUnsolicited(line, command)) this.#emitUnsolicited([line]);
				else if (!finalResult.test(line)) lines.push(shownLine(line));
				else if (isLate || (before && !echoed && (await this.#isFollowed(deadline)))) {
					this.#emitUnsolicited([...lines.splice(0), line]);
					isLate = false;
				} else return isMixed && line === 'ERROR' ? noResult.mixed : shownLine(line);
			}
			if (this.#lines.isPrompt) return this.#leavePrompt();
			if (this.#lines.isFlood) return this.#lines.strange ?? noResult.flood;
			const left = deadline - this.#clock.now();
			if (left <= 0 || signal?.aborted)
				return lines.length > 0 ? noResult.silent : (this.#lines.strange ?? noResult.silent);
			const bytes = await this.#link.read(left, signal);
			if (bytes) this.#lines.add(bytes);
		}
	}

	/**
	 * Without an echo nothing tells a late result of the command before from ours: it is ours when
	 * nothing follows it.
	 */
	async #isFollowed(deadline: number): Promise<boolean> {
		const until = Math.min(deadline, this.#clock.now() + secondThoughts);
		while (!this.#lines.holdsText) {
			const left = until - this.#clock.now();
			if (left <= 0) return false;
			const bytes = await this.#link.read(left);
			if (bytes) this.#lines.add(bytes);
		}
		return true;
	}

	/** ESC gives up the text that the modem waits for (27.005, 3.5.1), and nothing is sent by it. */
	async #leavePrompt(): Promise<string> {
		this.#lines.clear();
		await this.#link.write(giveUp);
		const until = this.#clock.now() + leavesPrompt;
		for (let left = leavesPrompt; left > 0; left = until - this.#clock.now()) {
			const bytes = await this.#link.read(left);
			if (bytes) this.#lines.add(bytes);
			for (let line = this.#lines.next(); line !== undefined; line = this.#lines.next())
				if (finalResult.test(line)) return noResult.prompt;
		}
		return noResult.prompt;
	}

	/** Says what has come since the last command: it is not the answer to the next one. */
	async #reportUnsolicited(): Promise<void> {
		try {
			for (let more = await this.#link.read(0); more; more = await this.#link.read(0)) {
				this.#lines.add(more);
				if (this.#lines.isFlood) break;
			}
		} catch (error) {
			if (!(error instanceof LinkLost)) throw error;
		}
		const lines = this.#lines.take().slice(0, mostLines);
		// A result among them is what was owed.
		if (lines.some((line) => finalResult.test(line))) this.#owed = undefined;
		this.#emitUnsolicited(lines);
	}

	#isUnsolicited(line: string, command: string): boolean {
		if (this.#textFollows) {
			this.#textFollows = false;
			return true;
		}
		const unsolicited = isUnsolicited(line, command);
		this.#textFollows = unsolicited && bringsText(line);
		return unsolicited;
	}

	#emitUnsolicited(lines: readonly string[]): void {
		for (const line of lines) {
			if (line === '') continue;
			this.#emit('at', { type: 'at-unsolicited', port: this.#link.port, line: shownLine(line) });
		}
	}
}

const shownLine = (line: string) => sanitize(maskSecrets(line));
