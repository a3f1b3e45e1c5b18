import { afterEach } from 'vitest';
import type { Session } from '../../source/session/session.ts';
import { Screen } from '../../source/ui/app/App.tsx';
import { ConsoleState } from '../../source/ui/app/console-state.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { stripColors } from '../../source/ui/text/lines.ts';
import type { ViewName } from '../../source/ui/text/view-names.ts';
import { renderOn } from './fake-terminal.ts';
import type { Stop } from './stops.ts';

type ConsoleOptions = {
	readonly session: Session;
	readonly view?: ViewName;
	readonly size?: readonly [number, number];
	readonly ascii?: boolean;
	readonly color?: boolean;
};

const notHere = () => Promise.reject(new Error('not in this test'));

const opened: (() => void)[] = [];
afterEach(() => {
	for (const close of opened.splice(0)) close();
});

/** Frames come when a test asks for one. */
const never = { repeat: () => () => {} };

/** A console that is drawn without a terminal: keys go in, rows come out, at once. */
export function createTestConsole({
	session,
	view = 'usb',
	size = [80, 24],
	...appearance
}: ConsoleOptions) {
	let [width, height] = size;
	const written: string[] = [];
	const context = new ConsoleState(
		session,
		{ live: notHere, rehearsal: notHere, replay: notHere, paste: notHere, exporter: notHere },
		{
			view,
			size: { width, height },
			appearance: createAppearance({ color: true, ascii: false, ...appearance }),
			requestRedraw: () => {},
			quit: () => written.push('quit'),
			write: (sequence) => written.push(sequence),
		},
	);
	const screen = () => <Screen state={context} redraw={never} size={{ width, height }} />;
	const terminal = renderOn({ width, height }, screen());
	opened.push(terminal.unmount);
	/** Without the blanks at the ends of rows, as they are written to a terminal. */
	const raw = () => {
		context.publish();
		terminal.rerender(screen());
		return terminal.frame().split('\n');
	};
	const rows = () => raw().map((row) => stripColors(row).trimEnd());
	rows();
	return {
		context,
		written,
		raw,
		rows,
		text: () => rows().join('\n'),
		resize: (columns: number, lines: number) => {
			width = columns;
			height = lines;
			terminal.resize({ width, height });
		},
		/** Keys by name, one after the other, each seen before the next; text is typed letter by letter. */
		async press(...keys: readonly string[]) {
			for (const key of keys) {
				context.key(key);
				await settled();
				rows();
			}
		},
		async type(text: string) {
			for (const letter of text) context.key(letter === ' ' ? 'space' : letter);
			await settled();
			rows();
		},
	};
}

/** What a key began is done: the tests have nothing that waits for time. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A console where the walk has come to this stop. */
export async function arrive({ session, view, keys = [] }: Stop, size: readonly [number, number]) {
	const console = createTestConsole({ session: session(), view, size });
	await settled();
	console.rows();
	for (const key of keys) {
		if (key.startsWith('"')) await console.type(key.slice(1, -1));
		else await console.press(key);
	}
	await settled();
	return console;
}
