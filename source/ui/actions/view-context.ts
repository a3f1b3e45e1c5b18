/** The three types that know one another: the console as views and actions see it, a view, an action. */
import type { Place } from '../../session/remarks/remark.ts';
import type { Subject } from '../../session/remarks/why.ts';
import type { OpenSession, Session } from '../../session/session.ts';
import type { StepAction } from '../../session/situation/standing.ts';
import type { Overlay } from '../components/dialogs/overlay.ts';
import type { PaletteItem } from '../components/Palette.tsx';
import type { ToastState } from '../components/Toasts.tsx';
import type { ListState } from '../list/list-state.ts';
import type { MouseMap } from '../terminal/mouse.ts';
import type { Appearance } from '../text/appearance.ts';
import type { Size } from '../text/lines.ts';
import type { Symbols } from '../text/symbols.ts';
import type { ViewName } from '../text/view-names.ts';

/** An AT line that a person has given a name. */
export type OwnCommand = { readonly name: string; readonly line: string };

/** What a view and an action may ask of the console: where a person is, and how to say something. */
export type ViewContext = {
	readonly session: Session;
	readonly open: OpenSession;
	readonly actions: readonly Action[];
	/** AT lines of this person, by name. */
	readonly commands: readonly OwnCommand[];
	readonly view: View;
	readonly viewName: ViewName;
	readonly views: Readonly<Record<ViewName, View>>;
	/** The pane that Tab has chosen. */
	pane: number;
	/** The chosen pane takes the whole view. */
	isZoomed: boolean;
	/** Of the terminal. */
	readonly size: Size;
	appearance: Appearance;
	readonly mouse: MouseMap;
	readonly toasts: ToastState;
	readonly show: (view: ViewName) => void;
	readonly nextPane: (by: 1 | -1) => void;
	/** What the keys do now: while a line is typed, or in the view and everywhere. */
	readonly actionsOf: (layer: 'typing' | 'view') => readonly Action[];
	/** Lays an overlay on top; it is given the way to close itself. */
	readonly openOverlay: (make: (close: () => void) => Overlay) => void;
	/** Does what may fail and says so when it does. */
	readonly attempt: (task: () => void | Promise<void>) => Promise<void>;
	/** Changes to another session and ends the one before. */
	readonly change: (open: () => Promise<Session>) => Promise<void>;
	/** Sends a sequence to the terminal that draws nothing: the clipboard, the mouse. */
	readonly write: (sequence: string) => void;
	readonly quit: () => void;
	/** Gives the terminal to the shell until the shell gives it back. */
	readonly suspend: () => Promise<void>;
};

/** Where a person is in one of the views; the component that draws it stands beside it in views/index.ts. */
export type View = {
	/** Takes in what the session knows now: before each key, and before each frame. */
	update?(): void;
	/** How many panes Tab goes through. */
	readonly panes: number;
	/** The list that the arrow keys move now, and that search, filter and copy work on. */
	readonly list: ListState | undefined;
	/** What is copied where the chosen pane is no list. */
	copied?(): string[] | undefined;
	/** Takes keys as text before any action does; true when it took this one. */
	type?(key: string): boolean;
	readonly isTyping?: boolean;
	/** Takes what was pasted; true when it did. */
	paste?(text: string): boolean;
	/** Where dialogs lie: at the other end is what they ask about. Without it at the bottom. */
	readonly dialogsAt?: 'top' | 'bottom';
	/** Called when a person comes to this view. */
	enter?(): void;
	/** Esc: one level back; false when this view has none. */
	back?(): boolean;
	/** To the row of a moment, or the last row before it. */
	goTo?(place: Place): void;
	/** What a person asks about with W: the row that is chosen. */
	subject?(): Subject | undefined;
	/** What the palette offers besides the actions. */
	paletteItems?(): readonly PaletteItem[];
};

/** What the component of a view is given. */
export type ViewProps<V extends View> = {
	readonly state: V;
	readonly size: Size;
	/** The pane that Tab has chosen takes the whole view. */
	readonly isZoomed: boolean;
};

/** `V` is the state of the view that has the action; for `typing` and `global` it is the view on the screen. */
export type Action<V extends View = View> = {
	readonly name: string;
	readonly keys: readonly string[];
	/** `typing`: while a line is typed. */
	readonly where: ViewName | 'global' | 'typing';
	/** `modem`: it can change the modem, and asks before it does. */
	readonly risk: 'none' | 'modem';
	/** The next step of a situation that it takes. */
	readonly step?: StepAction;
	/** Its word in the hint line; without one it is only in the help. */
	readonly hint?: string;
	/** It is possible, and nobody wants it now: the hint line leaves it out. */
	readonly isQuiet?: (context: ViewContext) => boolean;
	/** Its keys in the hint line, where they are more than the first one. */
	readonly label?: (symbols: Symbols) => string;
	/** Other words that find it in the palette. */
	readonly words?: readonly string[];
	/** Why it cannot be done, where `when` says so. */
	readonly unless?: string | ((context: ViewContext, view: V) => string);
	readonly when?: (context: ViewContext, view: V) => boolean;
	readonly run: (context: ViewContext, view: V) => void | Promise<void>;
};
