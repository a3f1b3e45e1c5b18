import stringWidth from 'string-width';
import { afterEach, vi } from 'vitest';
import type { OpenSession, Session } from '../../source/session/session.ts';
import type { OwnCommand } from '../../source/ui/actions/view-context.ts';
import { App } from '../../source/ui/app/App.tsx';
import { ConsoleState } from '../../source/ui/app/console-state.ts';
import { RedrawScheduler } from '../../source/ui/terminal/redraw-scheduler.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import type { ViewName } from '../../source/ui/text/view-names.ts';
import { FakeSession } from './fake-session.ts';
import { renderOn } from './fake-terminal.ts';

const escapes: Readonly<Record<string, string>> = {
	enter: '\r',
	esc: '\u001b',
	tab: '\t',
	up: '\u001b[A',
	down: '\u001b[B',
	'ctrl-c': '\u0003',
	'ctrl-r': '\u0012',
	'alt-5': '\u001b5',
};

type Options = {
	readonly session?: FakeSession;
	readonly view?: ViewName;
	readonly columns?: number;
	readonly rows?: number;
	readonly ascii?: boolean;
	readonly open?: Partial<OpenSession>;
	readonly commands?: readonly OwnCommand[];
};

const opened: (() => void)[] = [];
afterEach(() => {
	for (const close of opened.splice(0)) close();
	vi.useRealTimers();
});

/** The console on a terminal of a given size, with keys to press and rows to read. */
export async function openScreen(options: Options = {}) {
	const {
		session = new FakeSession(),
		view = 'usb',
		columns = 80,
		rows = 24,
		ascii = false,
	} = options;
	vi.useFakeTimers({
		toFake: ['setTimeout', 'clearTimeout', 'performance'],
		shouldAdvanceTime: true,
	});
	let quits = 0;
	const notHere = (): Promise<Session> => Promise.reject(new Error('not in this test'));
	const context: ConsoleState = new ConsoleState(
		session,
		{ live: notHere, rehearsal: notHere, replay: notHere, paste: notHere, ...options.open },
		{
			view,
			size: { width: columns, height: rows },
			appearance: createAppearance({ color: true, ascii }),
			commands: options.commands ?? [],
			requestRedraw: (pressed) => (pressed ? clock.requestForKey() : clock.request()),
			quit: () => {
				quits += 1;
			},
		},
	);
	const clock = new RedrawScheduler(200, context.publish);
	let width = columns;
	const terminal = renderOn(
		{ width: columns, height: rows },
		<App state={context} redraw={clock} />,
	);
	opened.push(() => {
		terminal.unmount();
		clock.stop();
	});
	const resize = async (columns: number, rows: number) => {
		width = columns;
		terminal.resize({ width: columns, height: rows });
		clock.request();
		await settle();
	};
	clock.request();
	await settle();
	const raw = terminal.frame;
	const lines = () =>
		raw()
			.replace(/\u001b\[[\d;]*m/g, '')
			.split('\n');
	return {
		context,
		session,
		raw,
		lines,
		resize,
		text: () => lines().join('\n'),
		quits: () => quits,
		/** Rows that are wider than the terminal; there must be none. */
		tooWide: () => lines().filter((line) => stringWidth(line) > width),
		async press(...keys: string[]): Promise<void> {
			for (const key of keys) {
				terminal.stdin.write(escapes[key] ?? key);
				await settle();
			}
		},
		settle,
	};
}

/** Long enough for a lone Esc to be told from the start of a sequence, and for the frames that follow; none of it is waited for. */
const settle = async () => {
	for (let round = 0; round < 3; round++) {
		await vi.advanceTimersByTimeAsync(30);
		await new Promise((resolve) => setImmediate(resolve));
	}
};
