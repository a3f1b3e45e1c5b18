/** View 5: recordings to replay, and the one that is being made. */
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { leaveFor } from '../../actions/global-dialogs.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { FileListState } from '../../components/FileList.tsx';
import type { ListState } from '../../list/list-state.ts';
import { clockTime, grouped } from '../../text/format.ts';
import { fill, fitLeft, hconcat, type Size, wrap } from '../../text/lines.ts';
import type { DrawnView } from '../bridge/drawn-view.ts';
import { fileRows } from '../bridge/file-rows.ts';
import { inside, pane, wide } from '../bridge/pane.ts';
import { LogList } from './log-list.ts';

/** From this width on, both lists stand side by side. */
const twoLists = 160;

export class RecordingsView implements DrawnView {
	readonly panes = 2;
	readonly #context: ViewContext;
	readonly #files: FileListState;
	readonly #log = new LogList();
	#isWide = false;

	constructor(context: ViewContext) {
		this.#context = context;
		this.#files = new FileListState(
			() => context.session.recordings(),
			(task) => context.attempt(task),
		);
	}

	get list(): ListState {
		return this.#context.pane === 0 ? this.#files.list : this.#log.list;
	}

	enter(): void {
		this.#files.refresh();
	}

	draw(size: Size): string[] {
		const { width, height } = size;
		this.#isWide = width >= wide;
		const now = fill(this.#now(width), { width, height: 3 });
		const room = { width, height: height - now.length };
		if (width >= twoLists) {
			const left = { ...room, width: Math.floor(width / 2) };
			const right = { ...room, width: width - left.width };
			return fill([...now, ...hconcat(this.#filesPane(left), this.#logPane(right))], size);
		}
		const upper = { width, height: Math.floor(room.height / 2) };
		const lower = { width, height: room.height - upper.height };
		return fill([...now, ...this.#filesPane(upper), ...this.#logPane(lower)], size);
	}

	drawPane(size: Size): string[] {
		this.#isWide = size.width >= wide;
		return this.#context.pane === 0 ? this.#filesPane(size) : this.#logPane(size);
	}

	#filesPane(size: Size): string[] {
		const { appearance, session, pane: focus } = this.#context;
		const boxed = this.#isWide;
		const focused = focus === 0;
		const none = 'There are no recordings yet. r starts one.';
		const rows = fileRows(appearance, this.#files, inside(size, boxed), none, focused);
		const title = session.player ? 'Other recordings' : 'Recordings';
		return pane(appearance, size, { title, list: this.#files.list, boxed, focused }, rows);
	}

	#logPane(size: Size): string[] {
		const { appearance, session, pane: focus } = this.#context;
		const boxed = this.#isWide;
		const focused = focus === 1;
		const rows = this.#log.rows(appearance, session, inside(size, boxed), focused);
		const { list } = this.#log;
		const { log } = session;
		const title = `This session  ${grouped(log.dropped + log.length)} events`;
		const note = list.following ? 'newest' : '';
		return pane(appearance, size, { title, note, list: list, boxed, focused }, rows);
	}

	#now(width: number): string[] {
		const { appearance, session } = this.#context;
		const { header, player, recorder } = session;
		if (player) {
			const from = wrap(sanitize(`From: ${header.origin}`), width - 2).map((row) => ` ${row}`);
			return [
				` ${appearance.paint.strong(sanitize(header.title))}`,
				fitLeft(` started ${sanitize(header.started.slice(0, 10))} ${clockTime(header, 0)}`, width),
				...from,
			];
		}
		if (recorder?.path === undefined) {
			const { problem } = recorder ?? {};
			const says =
				problem !== undefined
					? `Nothing is being recorded: ${sanitize(problem)} Free the disk, then r starts a new recording.`
					: 'This session is not being recorded. r starts a recording; a flash always makes one.';
			return wrap(says, width - 2).map((row) => ` ${row}`);
		}
		return [
			` ${appearance.paint.strong('Recording')} to ${sanitize(recorder.path)}`,
			' r stops it.',
		];
	}

	/** Opens the recording, or goes to the moment of the event in a replay. */
	openChosen(): void {
		const context = this.#context;
		if (context.pane === 1) {
			const event = this.#log.chosen(context.session);
			if (event) context.session.player?.seek(event.t);
			return;
		}
		const file = this.#files.chosen;
		if (!file) return;
		leaveFor(context, () => context.open.replay(file.path));
	}

	/** Esc leaves a replay for this machine's own modem. */
	back(): boolean {
		const context = this.#context;
		if (!context.session.player) return false;
		leaveFor(context, () => context.open.live());
		return true;
	}
}
