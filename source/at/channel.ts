import type { Clock } from '../clock.ts';
import type { Emit } from '../events.ts';
import type { Link } from '../link/link.ts';
import { LinkLost } from '../link/link.ts';
import { sanitize } from '../protocol/sanitize.ts';

export type AtAnswer = {
	/** The lines between the command and its result, echo and empty lines left out. */
	readonly lines: readonly string[];
	/** `OK`, `ERROR`, `+CME ERROR: 3`, or why there is none: `no answer`, `port lost`. */
	readonly result: string;
	readonly seconds: number;
};

const finalResult = /^(OK|ERROR|\+CM[ES] ERROR: ?.*|NO CARRIER|BUSY|NO DIALTONE)$/;
/** A modem that sends this much without a line end is not answering AT. */
const longestLine = 8192;
/** Nor is one that sends so many lines without a result. */
const mostLines = 1000;

/** Sends AT commands over a link, one at a time, and tells answers from what the modem says unasked. */
export class AtChannel {
	readonly #link: Link;
	readonly #clock: Clock;
	readonly #emit: Emit;
	#rest = '';

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
		await this.#hearUnasked();
		const start = this.#clock.now();
		const lines: string[] = [];
		this.#emit('at', { type: 'at-sent', port, command: sanitize(command) });
		const result = await this.#converse(command, lines, start + seconds, signal);
		const answer = { lines, result, seconds: this.#clock.now() - start };
		this.#emit('at', { type: 'at-answered', port, command: sanitize(command), ...answer });
		return answer;
	}

	async #converse(
		command: string,
		lines: string[],
		deadline: number,
		signal?: AbortSignal,
	): Promise<string> {
		try {
			await this.#link.write(Buffer.from(`${command}\r`, 'latin1'));
			for (;;) {
				for (let line = this.#line(); line !== undefined; line = this.#line()) {
					if (finalResult.test(line)) return sanitize(line);
					// What came before the echo was no answer to it.
					if (line === command.trim()) this.#sayUnasked(lines.splice(0));
					else if (line !== '') lines.push(sanitize(line));
				}
				if (lines.length > mostLines) return 'no answer';
				const left = deadline - this.#clock.now();
				if (left <= 0 || signal?.aborted || this.#rest.length > longestLine) return 'no answer';
				this.#rest += (await this.#link.read(left, signal))?.toString('latin1') ?? '';
			}
		} catch (error) {
			if (error instanceof LinkLost) return 'port lost';
			throw error;
		}
	}

	/** Says what has come since the last command: it is not the answer to the next one. */
	async #hearUnasked(): Promise<void> {
		try {
			this.#rest += (await this.#link.read(0))?.toString('latin1') ?? '';
		} catch (error) {
			if (!(error instanceof LinkLost)) throw error;
		}
		const said = this.#rest.slice(0, longestLine).split(/[\r\n]+/);
		this.#rest = '';
		this.#sayUnasked(said.map((line) => sanitize(line.trim())));
	}

	#sayUnasked(lines: readonly string[]): void {
		for (const line of lines) {
			if (line !== '') this.#emit('at', { type: 'at-unsolicited', port: this.#link.port, line });
		}
	}

	/** Takes the next whole line off what has arrived. */
	#line(): string | undefined {
		const end = this.#rest.search(/[\r\n]/);
		if (end < 0) return undefined;
		const line = this.#rest.slice(0, end).trim();
		this.#rest = this.#rest.slice(end + 1);
		return line;
	}
}
