/** View 5: recordings to replay, and the one that is being made. */
import { sanitize } from '../../protocol/sanitize.ts';
import type { Desk } from '../desk.ts';
import { leaveFor } from '../everywhere.ts';
import { FileList } from '../parts/file-list.ts';
import type { Cursor } from '../parts/list.ts';
import { inside, pane, wide } from '../parts/pane.ts';
import { fill, fitLeft, type Size, wrap } from '../rows.ts';
import type { View } from '../view.ts';
import { clockTime } from '../words.ts';

export class RecordingsView implements View {
	readonly panes = 1;
	readonly #desk: Desk;
	readonly #files: FileList;

	constructor(desk: Desk) {
		this.#desk = desk;
		this.#files = new FileList(desk, () => desk.session.recordings());
	}

	get cursor(): Cursor {
		return this.#files.cursor;
	}

	enter(): void {
		this.#files.refresh();
	}

	draw(size: Size): string[] {
		const { look, session } = this.#desk;
		const { width, height } = size;
		const boxed = width >= wide;
		const now = fill(this.#now(width), { width, height: 3 });
		const room = { width, height: height - now.length };
		const list = this.#files.rows(
			inside(room, boxed),
			'There are no recordings yet. r starts one.',
		);
		const title = session.kind === 'replay' ? 'Other recordings' : 'Recordings';
		return fill([...now, ...pane(look, room, { title, boxed, focused: true }, list)], size);
	}

	#now(width: number): string[] {
		const { look, session } = this.#desk;
		const { header, recordingTo } = session;
		if (session.kind === 'replay') {
			const from = wrap(sanitize(`From: ${header.origin}`), width - 2).map((row) => ` ${row}`);
			return [
				` ${look.paint.strong(sanitize(header.title))}`,
				fitLeft(` started ${sanitize(header.started.slice(0, 10))} ${clockTime(header, 0)}`, width),
				...from,
			];
		}
		if (recordingTo === undefined) {
			const says =
				'This session is not being recorded. r starts a recording; a flash always makes one.';
			return wrap(says, width - 2).map((row) => ` ${row}`);
		}
		return [` ${look.paint.strong('Recording')} to ${sanitize(recordingTo)}`, ' r stops it.'];
	}

	openChosen(): void {
		const desk = this.#desk;
		const file = this.#files.chosen;
		if (!file) return;
		leaveFor(desk, () => desk.open.replay(file.path));
	}

	/** Esc leaves a replay for this machine's own modem. */
	back(): boolean {
		const desk = this.#desk;
		if (desk.session.kind !== 'replay') return false;
		leaveFor(desk, () => desk.open.live());
		return true;
	}
}
