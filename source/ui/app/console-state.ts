/**
 * Where a person is in the console: which session, which view, which dialog lies on top. What is
 * known about the modem stays in the session.
 */
import type { OpenSession, Session } from '../../session/session.ts';
import type { View, ViewContext } from '../actions/view-context.ts';
import type { Overlay } from '../components/dialogs/overlay.ts';
import { Toasts } from '../components/toasts.ts';
import type { ListState } from '../list/list-state.ts';
import type { Input, Mouse } from '../terminal/key-parser.ts';
import { MouseMap } from '../terminal/mouse.ts';
import type { Appearance } from '../text/appearance.ts';
import type { ViewName } from '../text/view-names.ts';
import { views } from '../views/index.ts';
import { actions, actionsOf, pressKey } from './keymap.ts';
import { tabAt } from './tabs.ts';

/** Milliseconds to the next draw of what one draw could not do. */
const soon = 20;
/** Rows that one turn of the wheel moves a list. */
const wheelRows = 3;

export type ConsoleStateOptions = {
	readonly view: ViewName;
	readonly appearance: Appearance;
	/** Something that the screen shows has changed; `pressed` when a key did it. */
	readonly requestRedraw: (pressed?: 'pressed') => void;
	readonly quit: () => void;
	/** Gives the terminal to the shell until the shell gives it back. */
	readonly suspend?: () => Promise<void>;
	/** Sends a sequence to the terminal that draws nothing: the clipboard, the mouse. */
	readonly write?: (sequence: string) => void;
};

export class ConsoleState implements ViewContext {
	readonly actions = actions;
	readonly open: OpenSession;
	appearance: Appearance;
	readonly mouse: MouseMap;
	readonly write: (sequence: string) => void;
	readonly toasts = new Toasts();
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
	/** Milliseconds after which the screen looks different by itself; set while it is drawn. */
	nextRedraw = Number.POSITIVE_INFINITY;
	readonly #overlays: Overlay[] = [];
	#unsubscribe: () => void;

	constructor(session: Session, open: OpenSession, options: ConsoleStateOptions) {
		this.session = session;
		this.open = open;
		this.write = options.write ?? (() => {});
		this.mouse = new MouseMap(this.write);
		const requestRedraw = () => this.redrawIn(soon);
		this.appearance = { ...options.appearance, target: this.mouse.sign, requestRedraw };
		this.quit = options.quit;
		this.suspend = options.suspend ?? (async () => {});
		this.requestRedraw = options.requestRedraw;
		this.viewName = options.view;
		this.views = createViews(this);
		this.#unsubscribe = session.subscribe(() => this.requestRedraw());
		this.view.enter?.();
	}

	get view(): View {
		return this.views[this.viewName];
	}

	get overlay(): Overlay | undefined {
		return this.#overlays.at(-1);
	}

	/** The screen shows a time that passes: look again in a second. */
	redrawEverySecond(): void {
		this.redrawIn(1000);
	}

	redrawIn(milliseconds: number): void {
		this.nextRedraw = Math.min(this.nextRedraw, milliseconds);
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
			this.toasts.fail(error);
		}
		this.requestRedraw();
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
			// A log of bytes alone has nothing to show on USB.
			const hasLife = next.player === undefined || next.timeline.ports(next.now()).length > 0;
			this.show(hasLife ? 'usb' : 'flash');
			await before.end();
		});
	}

	actionsOf(layer: 'typing' | 'view') {
		return actionsOf(this, layer);
	}

	input(input: Input): void {
		if ('key' in input) this.key(input.key);
		else if ('paste' in input) this.paste(input.paste);
		else this.#pointAt(input.mouse);
	}

	key(key: string): void {
		this.toasts.clear();
		pressKey(this, this.overlay, key);
		this.requestRedraw('pressed');
	}

	paste(text: string): void {
		if (this.overlay) this.overlay.paste?.(text);
		else if (this.view.isTyping) this.view.paste?.(text);
		else this.toasts.show('Pasted text was not used: it would press keys. Type i in 2 AT first.');
		this.requestRedraw('pressed');
	}

	/** The wheel moves the list under it; a click takes a view's tab or a row. */
	#pointAt({ does, row, column }: Mouse): void {
		const target = this.mouse.at(row, column);
		const tab = this.overlay || does !== 'click' || row > 0 ? undefined : tabAt(column);
		if (tab) this.show(tab);
		if (target && this.#ofOverlay(target.list) === (this.overlay !== undefined)) {
			this.#choosePane(target.list);
			if (does === 'click') target.list.goTo(target.item);
			else target.list.move(does === 'wheel-up' ? -wheelRows : wheelRows);
		} else if (this.overlay && does !== 'click') {
			this.overlay.key(does === 'wheel-up' ? 'up' : 'down');
		}
		this.requestRedraw('pressed');
	}

	#ofOverlay(list: ListState): boolean {
		return !this.#lists().includes(list);
	}

	/** The lists of the view, by pane. */
	#lists(): (ListState | undefined)[] {
		const before = this.pane;
		const lists = Array.from({ length: this.view.panes }, (_, index) => {
			this.pane = index;
			return this.view.list;
		});
		this.pane = before;
		return lists;
	}

	#choosePane(list: ListState): void {
		const index = this.#lists().indexOf(list);
		if (index >= 0) this.pane = index;
	}

	async end(): Promise<void> {
		this.mouse.end();
		this.#unsubscribe();
		await this.session.end();
	}
}

/** Each view as this session shows it. */
const createViews = (context: ViewContext): Readonly<Record<ViewName, View>> => ({
	usb: views.usb.create(context),
	at: views.at.create(context),
	firmware: views.firmware.create(context),
	flash: views.flash.create(context),
	recordings: views.recordings.create(context),
});
