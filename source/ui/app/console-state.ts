/**
 * Where a person is in the console: which session, which view, which dialog lies on top. What is
 * known about the modem stays in the session.
 */
import type { OpenSession, Session } from '../../session/session.ts';
import { inKeys } from '../actions/console-words.ts';
import type { ConsoleStore } from '../actions/use-view-context.ts';
import type { OwnCommand, View, ViewContext } from '../actions/view-context.ts';
import type { Overlay } from '../components/dialogs/overlay.ts';
import { ToastState } from '../components/Toasts.tsx';
import type { Input, Mouse } from '../terminal/key-parser.ts';
import { MouseMap } from '../terminal/mouse.ts';
import type { Appearance } from '../text/appearance.ts';
import type { Size } from '../text/lines.ts';
import { type ViewName, viewNames } from '../text/view-names.ts';
import { views } from '../views/index.ts';
import { actions, actionsOf, pressKey } from './keymap.ts';

export type ConsoleStateOptions = {
	readonly view: ViewName;
	/** Of the terminal; until it is drawn for the first time. */
	readonly size: Size;
	readonly appearance: Appearance;
	/** AT lines of this person, by name. */
	readonly commands?: readonly OwnCommand[];
	/** Something that the screen shows has changed; `pressed` when a key did it. */
	readonly requestRedraw: (pressed?: 'pressed') => void;
	readonly quit: () => void;
	/** Gives the terminal to the shell until the shell gives it back. */
	readonly suspend?: () => Promise<void>;
	/** Sends a sequence to the terminal that draws nothing: the clipboard, the mouse. */
	readonly write?: (sequence: string) => void;
};

export class ConsoleState implements ConsoleStore {
	readonly actions = actions;
	readonly commands: readonly OwnCommand[];
	readonly open: OpenSession;
	appearance: Appearance;
	readonly mouse: MouseMap;
	readonly write: (sequence: string) => void;
	readonly toasts = new ToastState();
	readonly quit: () => void;
	readonly suspend: () => Promise<void>;
	readonly requestRedraw: ConsoleStateOptions['requestRedraw'];
	session: Session;
	views: Readonly<Record<ViewName, View>>;
	viewName: ViewName;
	/** The pane that Tab has chosen. */
	pane = 0;
	/** The chosen pane takes the whole view. */
	isZoomed = false;
	size: Size;
	/** What went wrong with the view before this frame; it is said where the view would be. */
	updateError: unknown;
	readonly #listeners = new Set<() => void>();
	#frame = 0;
	readonly #overlays: Overlay[] = [];
	#unsubscribe: () => void;

	constructor(session: Session, open: OpenSession, options: ConsoleStateOptions) {
		this.session = session;
		this.open = open;
		this.write = options.write ?? (() => {});
		this.mouse = new MouseMap(this.write);
		this.appearance = options.appearance;
		this.commands = options.commands ?? [];
		this.size = options.size;
		this.quit = options.quit;
		this.suspend = options.suspend ?? (async () => {});
		this.requestRedraw = options.requestRedraw;
		this.viewName = options.view;
		this.views = createViews(this);
		this.#unsubscribe = session.subscribe(() => this.requestRedraw());
		this.view.enter?.();
		this.#update();
	}

	get view(): View {
		return this.views[this.viewName];
	}

	get overlay(): Overlay | undefined {
		return this.#overlays.at(-1);
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** The number of the frame that is to be seen. */
	readonly frame = (): number => this.#frame;

	/** Shows everything as it is now. */
	readonly publish = (): void => {
		this.#update();
		this.#frame += 1;
		for (const listener of this.#listeners) listener();
	};

	/** What the views have made for the size before is made anew. */
	resize(size: Size): void {
		if (size.width === this.size.width && size.height === this.size.height) return;
		this.size = size;
		this.publish();
	}

	show(view: ViewName): void {
		if (view !== this.viewName) this.pane = 0;
		this.isZoomed = false;
		this.viewName = view;
		this.view.enter?.();
	}

	nextPane(by: 1 | -1): void {
		const { panes } = this.view;
		this.pane = (this.pane + by + panes) % panes;
	}

	/** Lays an overlay on top; it is given the way to close itself. */
	openOverlay(make: (close: () => void) => Overlay): void {
		const overlay = make(() => this.#overlays.splice(this.#overlays.indexOf(overlay), 1));
		this.#overlays.push(overlay);
	}

	/** Does what may fail and says so when it does. */
	async attempt(task: () => void | Promise<void>): Promise<void> {
		try {
			await task();
		} catch (error) {
			this.toasts.fail(error, inKeys);
		}
		this.requestRedraw('pressed');
	}

	/** Changes to another session and ends the one before. */
	async change(open: () => Promise<Session>): Promise<void> {
		await this.attempt(async () => {
			const before = this.session;
			const next = await open();
			this.#unsubscribe();
			this.session = next;
			this.#unsubscribe = next.subscribe(() => this.requestRedraw());
			this.views = createViews(this);
			this.show(firstView(next));
			this.sayWhereOpened();
			await before.end();
		});
	}

	/** A recording is opened at its beginning, a log of another tool at its end. */
	sayWhereOpened(): void {
		const { player } = this.session;
		if (!player || player.end === 0) return;
		this.toasts.show(
			player.t < player.end
				? 'Opened at its beginning: Space plays it, . goes on by a frame, J goes anywhere.'
				: 'Opened at its end, where all of it is seen: 0 goes to its beginning.',
		);
	}

	actionsOf(layer: 'typing' | 'view') {
		return actionsOf(this, layer);
	}

	readonly input = (input: Input): void => {
		this.#update();
		if ('key' in input) this.key(input.key);
		else if ('paste' in input) this.paste(input.paste);
		else this.#point(input.mouse);
	};

	key(key: string): void {
		this.toasts.clear();
		pressKey(this, this.overlay, key);
		this.requestRedraw('pressed');
	}

	paste(text: string): void {
		if (this.overlay) this.overlay.paste?.(text);
		else if (!this.view.paste?.(text)) {
			this.toasts.show(
				'Pasted text was not used: it would press keys. In 5 Recordings it is opened as a log; in 2 AT, type i first.',
			);
		}
		this.requestRedraw('pressed');
	}

	/** Where the wheel turns over no list of an overlay, it moves what the overlay shows. */
	#point(mouse: Mouse): void {
		const { overlay } = this;
		const isTaken = this.mouse.press(mouse, overlay !== undefined);
		if (!isTaken && overlay && mouse.does !== 'click') {
			overlay.key(mouse.does === 'wheel-up' ? 'up' : 'down');
		}
		this.requestRedraw('pressed');
	}

	/** Keys and frames find the lists of the view as the session is now. */
	#update(): void {
		this.updateError = undefined;
		try {
			this.view.update?.();
		} catch (error) {
			this.updateError = error;
		}
	}

	async end(): Promise<void> {
		this.mouse.end();
		this.#unsubscribe();
		await this.session.end();
	}
}

/** What is wrong comes first; a log of bytes or of AT commands alone has nothing to show on USB. */
function firstView(session: Session): ViewName {
	const { player, timeline, traffic, transcript, currentFindings, flash } = session;
	if (!player || currentFindings.length > 0 || timeline.ports(player.t).length > 0) return 'usb';
	if (traffic.total > 0 || flash.started) return 'flash';
	return transcript.total > 0 ? 'at' : 'recordings';
}

/** Each view as this session shows it. */
const createViews = (context: ViewContext): Readonly<Record<ViewName, View>> =>
	Object.fromEntries(
		viewNames.map((name) => [name, views[name].create(context)] as const),
	) as Record<ViewName, View>;
