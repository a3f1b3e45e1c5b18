import { dirname } from 'node:path';
import type { Emit, Event, Header } from '../../events.ts';
import { ownFolder } from '../../own-files.ts';
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

	constructor(recorded: Recorded) {
		this.#recorded = recorded;
	}

	get path(): string | undefined {
		return this.#writer?.path;
	}

	/** To be told of each event that the log has taken. */
	add(event: Event): void {
		if (event.type !== 'usb-came' || !this.#waitsForModem) return;
		try {
			this.start();
		} catch (error) {
			this.mark(`not recorded: ${error instanceof Error ? error.message : error}`);
		}
	}

	/** Throws where no recording can be made. */
	start(): void {
		this.#waitsForModem = false;
		if (this.#writer) return;
		const { log, header, title, emit, changed } = this.#recorded;
		const path = newRecordingPath(title());
		ownFolder(dirname(path));
		const writer = createWriter(path, header, ({ sentence }) => {
			this.#detach();
			emit('log', { type: 'note', text: sentence });
		});
		for (const event of log) writer.append(event);
		this.#stopListening = log.subscribe((event) => writer.append(event));
		this.#writer = writer;
		changed();
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
