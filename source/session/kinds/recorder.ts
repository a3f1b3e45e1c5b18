import { dirname } from 'node:path';
import type { Emit, Event, Header } from '../../events.ts';
import { pruneRecordings } from '../../flash/job/prune-recordings.ts';
import { ownFolder } from '../../own-files.ts';
import { Problem } from '../../problem.ts';
import { newRecordingPath } from '../../recording/file/places.ts';
import { createWriter, type RecordingWriter } from '../../recording/file/writer.ts';
import type { EventLog } from '../../recording/log/event-log.ts';
import type { SessionRecorder } from '../session.ts';

type Recorded = {
	readonly log: EventLog;
	readonly header: Header;
	/** What the file is named by. */
	readonly title: () => string;
	readonly emit: Emit;
	readonly changed: () => void;
};

/**
 * Keeps a log on disk, from its first event on, while it is switched on. It switches itself on at the
 * first modem that is seen: a console without one records nothing.
 */
export class Recorder implements SessionRecorder {
	readonly #recorded: Recorded;
	#writer: RecordingWriter | undefined;
	#stopListening: () => void = () => {};
	#waitsForModem = true;
	#problem: string | undefined;

	constructor(recorded: Recorded) {
		this.#recorded = recorded;
	}

	get path(): string | undefined {
		return this.#writer?.path;
	}

	/** Why nothing is recorded, where it should be. */
	get problem(): string | undefined {
		return this.#problem;
	}

	/** To be told of each event that the log has taken. */
	add(event: Event): void {
		if (event.type !== 'usb-came' || !this.#waitsForModem) return;
		try {
			this.start();
		} catch (error) {
			this.#problem = error instanceof Problem ? error.sentence : String(error);
			this.mark(`not recorded: ${this.#problem}`);
		}
	}

	/** Throws where no recording can be made. */
	start(): void {
		this.#waitsForModem = false;
		if (this.#writer) return;
		const { log, header, title, emit, changed } = this.#recorded;
		const path = newRecordingPath(title());
		ownFolder(dirname(path));
		void this.#makeRoom();
		const writer = createWriter(path, header, ({ sentence }) => {
			this.#detach();
			this.#problem = sentence;
			emit('log', { type: 'note', text: sentence });
		});
		for (const event of log) writer.append(event);
		this.#stopListening = log.subscribe((event) => writer.append(event));
		this.#writer = writer;
		this.#problem = undefined;
		changed();
	}

	async #makeRoom(): Promise<void> {
		const removed = await pruneRecordings();
		if (removed.length === 0) return;
		const what = removed.length === 1 ? 'recording was' : 'recordings were';
		const text = `The ${removed.length} oldest ${what} removed, up to ${removed.at(-1)}: docs/config.md says how many are kept.`;
		this.#recorded.emit('log', { type: 'note', text });
	}

	async stop(): Promise<void> {
		this.#waitsForModem = false;
		await this.#detach()?.close();
		this.#recorded.changed();
	}

	mark(text: string): void {
		this.#recorded.emit('person', { type: 'mark', text });
	}

	#detach(): RecordingWriter | undefined {
		const writer = this.#writer;
		this.#writer = undefined;
		this.#stopListening();
		return writer;
	}
}
