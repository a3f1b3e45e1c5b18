/**
 * Where a person is in the console: which session, which view, which dialog lies on top. What is
 * known about the modem stays in the session.
 */
import type { OpenSession, Session } from '../../session/session.ts';
import type { Action } from '../actions/action.ts';
import type { Overlay } from '../components/dialogs/overlay.ts';
import type { Cursor } from '../components/list.ts';
import { Toasts } from '../components/toasts.ts';
import type { Input, Mouse } from '../terminal/key-parser.ts';
import { MouseMap } from '../terminal/mouse.ts';
import type { Look } from '../text/appearance.ts';
import { AtView } from '../views/at/at-view.ts';
import { FirmwareView } from '../views/firmware/firmware-view.ts';
import { FlashView } from '../views/flash/flash-view.ts';
import { RecordingsView } from '../views/recordings/recordings-view.ts';
import { UsbView } from '../views/usb/usb-view.ts';
import { tabAt, type View, type ViewName } from '../views/view.ts';

/** Milliseconds to the next draw of what one draw could not do. */
const soon = 20;
/** Keys that no dialog keeps from the program. */
const aboveAll = ['ctrl-c', 'ctrl-z'];
/** Rows that one turn of the wheel moves a list. */
const wheelRows = 3;

export type DeskOptions = {
	readonly actions: readonly Action[];
	readonly view: ViewName;
	readonly look: Look;
	/** Something that the screen shows has changed; `pressed` when a key did it. */
	readonly changed: (pressed?: 'pressed') => void;
	readonly quit: () => void;
	/** Gives the terminal to the shell until the shell gives it back. */
	readonly suspend?: () => Promise<void>;
	/** Sends a sequence to the terminal that draws nothing: the clipboard, the mouse. */
	readonly write?: (sequence: string) => void;
};

export class Desk {
	readonly actions: readonly Action[];
	readonly open: OpenSession;
	look: Look;
	readonly mouse: MouseMap;
	readonly write: (sequence: string) => void;
	readonly toasts = new Toasts();
	readonly quit: () => void;
	readonly suspend: () => Promise<void>;
	readonly changed: DeskOptions['changed'];
	session: Session;
	views: ReturnType<typeof viewsOf>;
	viewName: ViewName;
	/** The pane that Tab has chosen. */
	pane = 0;
	/** The chosen pane takes the whole view. */
	isZoomed = false;
	/** Milliseconds after which the screen looks different by itself; set while it is drawn. */
	nextLook = Number.POSITIVE_INFINITY;
	readonly #overlays: Overlay[] = [];
	#unsubscribe: () => void;

	constructor(session: Session, open: OpenSession, options: DeskOptions) {
		this.session = session;
		this.open = open;
		this.actions = options.actions;
		this.write = options.write ?? (() => {});
		this.mouse = new MouseMap(this.write);
		const again = () => this.looksAgainIn(soon);
		this.look = { ...options.look, target: this.mouse.sign, again };
		this.quit = options.quit;
		this.suspend = options.suspend ?? (async () => {});
		this.changed = options.changed;
		this.viewName = options.view;
		this.views = viewsOf(this);
		this.#unsubscribe = session.subscribe(() => this.changed());
		this.view.enter?.();
	}

	get view(): View {
		return this.views[this.viewName];
	}

	get overlay(): Overlay | undefined {
		return this.#overlays.at(-1);
	}

	/** The screen shows a time that passes: look again in a second. */
	ticks(): void {
		this.looksAgainIn(1000);
	}

	looksAgainIn(milliseconds: number): void {
		this.nextLook = Math.min(this.nextLook, milliseconds);
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
	ask(make: (close: () => void) => Overlay): void {
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
		this.changed();
	}

	/** Changes to another session and ends the one before. */
	async change(open: () => Promise<Session>): Promise<void> {
		await this.attempt(async () => {
			const before = this.session;
			const next = await open();
			this.#unsubscribe();
			this.session = next;
			this.#unsubscribe = next.subscribe(() => this.changed());
			this.views = viewsOf(this);
			// A log of bytes alone has nothing to show on USB.
			const hasLife = next.kind !== 'replay' || next.timeline.ports(next.now()).length > 0;
			this.show(hasLife ? 'usb' : 'flash');
			await before.end();
		});
	}

	/** What the keys do now: while a line is typed, or in the view and everywhere. */
	actionsOf(layer: 'typing' | 'view'): readonly Action[] {
		return this.actions.filter(({ where, when }) => {
			const near = where === 'everywhere' || where === this.viewName;
			return (layer === 'typing' ? where === 'typing' : near) && this.#isPossible(when);
		});
	}

	/** A condition that fails is no reason to lose the other keys. */
	#isPossible(when: Action['when']): boolean {
		try {
			return when?.(this) ?? true;
		} catch {
			return false;
		}
	}

	input(input: Input): void {
		if ('key' in input) this.key(input.key);
		else if ('paste' in input) this.paste(input.paste);
		else this.#pointAt(input.mouse);
	}

	key(key: string): void {
		this.toasts.clear();
		if (this.overlay && !aboveAll.includes(key)) this.overlay.key(key);
		else if (!this.#act(key, 'typing')) this.#act(key, 'view');
		this.changed('pressed');
	}

	paste(text: string): void {
		if (this.overlay) this.overlay.paste?.(text);
		else if (this.view.isTyping) this.view.paste?.(text);
		else this.toasts.say('Pasted text was not used: it would press keys. Type i in 2 AT first.');
		this.changed('pressed');
	}

	/** The wheel moves the list under it; a click takes a view's tab or a row. */
	#pointAt({ does, row, column }: Mouse): void {
		const target = this.mouse.at(row, column);
		const tab = this.overlay || does !== 'click' || row > 0 ? undefined : tabAt(column);
		if (tab) this.show(tab);
		if (target && this.#ofOverlay(target.cursor) === (this.overlay !== undefined)) {
			this.#choosePane(target.cursor);
			if (does === 'click') target.cursor.to(target.item);
			else target.cursor.move(does === 'wheel-up' ? -wheelRows : wheelRows);
		} else if (this.overlay && does !== 'click') {
			this.overlay.key(does === 'wheel-up' ? 'up' : 'down');
		}
		this.changed('pressed');
	}

	#ofOverlay(cursor: Cursor): boolean {
		return !this.#cursors().includes(cursor);
	}

	/** The lists of the view, by pane. */
	#cursors(): (Cursor | undefined)[] {
		const before = this.pane;
		const cursors = Array.from({ length: this.view.panes }, (_, index) => {
			this.pane = index;
			return this.view.cursor;
		});
		this.pane = before;
		return cursors;
	}

	#choosePane(cursor: Cursor): void {
		const index = this.#cursors().indexOf(cursor);
		if (index >= 0) this.pane = index;
	}

	async end(): Promise<void> {
		this.mouse.end();
		this.#unsubscribe();
		await this.session.end();
	}

	#act(key: string, layer: 'typing' | 'view'): boolean {
		if (layer === 'typing' && !this.view.isTyping) return false;
		const action = this.actionsOf(layer).find(({ keys }) => keys.includes(key));
		if (action) void this.attempt(() => action.run(this));
		if (action || layer === 'view') return true;
		return this.view.type?.(key) ?? false;
	}
}

const viewsOf = (desk: Desk) => ({
	usb: new UsbView(desk),
	at: new AtView(desk),
	firmware: new FirmwareView(desk),
	flash: new FlashView(desk),
	recordings: new RecordingsView(desk),
});
