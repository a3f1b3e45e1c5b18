import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Header } from '../events.ts';
import type { Problem } from '../problem.ts';
import { newRecordingPath } from '../recording/file/places.ts';
import { createWriter, type RecordingWriter } from '../recording/file/writer.ts';
import type { EventLog } from '../recording/log/event-log.ts';

/** Keeps a log on disk, from its first event on, while it is switched on. */
export class Recorder {
	readonly #log: EventLog;
	readonly #header: Header;
	readonly #failed: (problem: Problem) => void;
	#writer: RecordingWriter | undefined;
	#stopListening: () => void = () => {};

	/** `failed` hears once when a recording under way cannot go on. */
	constructor(log: EventLog, header: Header, failed: (problem: Problem) => void) {
		this.#log = log;
		this.#header = header;
		this.#failed = failed;
	}

	get path(): string | undefined {
		return this.#writer?.path;
	}

	/** Throws where no recording can be made. */
	start(what: string): void {
		if (this.#writer) return;
		const path = newRecordingPath(what);
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		const writer = createWriter(path, this.#header, (problem) => {
			this.#let();
			this.#failed(problem);
		});
		for (const event of this.#log) writer.append(event);
		this.#stopListening = this.#log.subscribe((event) => writer.append(event));
		this.#writer = writer;
	}

	async stop(): Promise<void> {
		await this.#let()?.close();
	}

	#let(): RecordingWriter | undefined {
		const writer = this.#writer;
		this.#writer = undefined;
		this.#stopListening();
		return writer;
	}
}
