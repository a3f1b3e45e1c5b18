/** Where a person is among the recordings and in the log of this session. */

import { basename } from 'node:path';
import { partitionPoint } from '../../../partition-point.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Place } from '../../../session/remarks/remark.ts';
import { type Subject, subjectOf } from '../../../session/remarks/why.ts';
import { leaveFor } from '../../actions/global-dialogs.ts';
import { askPath } from '../../actions/path-dialog.ts';
import type { View, ViewContext } from '../../actions/view-context.ts';
import { FileListState } from '../../components/FileList.tsx';
import { ListState } from '../../list/list-state.ts';
import { CompareOverlay } from './CompareOverlay.tsx';
import { eventAbout, eventCopied, eventFields } from './event-row.ts';
import { askExport } from './export-dialog.ts';

export class RecordingsState implements View {
	readonly panes = 2;
	readonly files: FileListState;
	readonly log = new ListState({ follow: true });
	readonly #context: ViewContext;
	/** The recording that another one is to be held against. */
	#good: string | undefined;

	constructor(context: ViewContext) {
		this.#context = context;
		this.files = new FileListState(
			() => context.session.recordings(),
			(task) => context.attempt(task),
		);
	}

	get list(): ListState {
		return this.#context.pane === 0 ? this.files.list : this.log;
	}

	enter(): void {
		this.files.refresh();
	}

	update(): void {
		const { header, log } = this.#context.session;
		const event = (number: number) => log.at(number - log.dropped)!;
		this.files.update();
		this.log.update({
			first: log.dropped,
			end: log.dropped + log.length,
			about: (number) => eventAbout(event(number)),
			copy: (number) => eventCopied(header, event(number)),
			fields: eventFields,
			source: log,
		});
	}

	goTo({ t }: Place): void {
		this.#context.pane = 1;
		this.update();
		const { log } = this.#context.session;
		const later = partitionPoint(0, log.length, (index) => log.at(index)!.t <= t);
		this.log.goTo(log.dropped + Math.max(0, later - 1));
	}

	/** A mark, a failed phase or any other event. */
	subject(): Subject | undefined {
		const { header, log } = this.#context.session;
		const event = this.#context.pane === 1 ? log.at(this.log.at - log.dropped) : undefined;
		if (!event) return undefined;
		if (event.type === 'finding') return subjectOf(event);
		return { says: eventCopied(header, event), place: { t: event.t, among: 'events' } };
	}

	/** Opens the recording, or goes to the moment of the event in a replay. */
	openChosen(): void {
		const context = this.#context;
		if (context.pane === 1) {
			const { log } = context.session;
			const event = log.at(this.log.at - log.dropped);
			if (event) context.session.player?.seek(event.t);
			return;
		}
		const file = this.files.chosen;
		if (!file) return;
		leaveFor(context, () => context.open.replay(file.path));
	}

	/** Opens any file that is a recording or can be made one. */
	askPath(): void {
		const context = this.#context;
		const open = (path: string) => leaveFor(context, () => context.open.replay(path));
		const says = 'A recording, a log or a list of another tool, or a capture of USB.';
		askPath(context, 'Open a file', open, says);
	}

	/** Opens what was pasted. Where nothing in it is known, this session stays. */
	paste(text: string): boolean {
		const context = this.#context;
		leaveFor(context, () => context.open.paste(text));
		return true;
	}

	/** Takes the chosen recording for the good one, and the next one for the bad one. */
	async compareChosen(): Promise<void> {
		const { toasts } = this.#context;
		const path = this.files.chosen?.path;
		if (path === undefined) return;
		const good = this.#good;
		if (good === undefined || good === path) {
			this.#good = good === undefined ? path : undefined;
			toasts.show(
				good === undefined
					? `${sanitize(basename(path))} is the good one. Go to the bad one and press C.`
					: 'Nothing is compared.',
			);
			return;
		}
		this.#good = undefined;
		const { CompareState } = await import('./compare-state.ts');
		const state = await CompareState.open(good, path, basename);
		this.#context.openOverlay((close) => new CompareOverlay(state, close));
	}

	/** What an export is of: the chosen file of this view, or this session, played or recorded. */
	get exported(): string | undefined {
		const { pane, session, viewName } = this.#context;
		const shown = session.player?.path ?? session.recorder?.path;
		const chosen = this.files.chosen?.path;
		return viewName === 'recordings' && pane === 0 ? (chosen ?? shown) : (shown ?? chosen);
	}

	/** Asks in which format it is written. */
	async exportChosen(): Promise<void> {
		const { exported } = this;
		if (exported !== undefined) await askExport(this.#context, exported);
	}

	/** Packs it with what one needs to understand it, identifiers masked. */
	async packChosen(): Promise<void> {
		const { exported } = this;
		const { open, toasts } = this.#context;
		const exporter = await open.exporter?.();
		if (exporter && exported !== undefined) toasts.show(await exporter.packCase(exported));
	}

	/** Esc leaves a replay for this machine's own modem. */
	back(): boolean {
		const context = this.#context;
		if (!context.session.player) return false;
		leaveFor(context, () => context.open.live());
		return true;
	}
}
