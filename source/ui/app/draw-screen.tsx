import { renderToString } from 'ink';
import type { Size } from '../text/lines.ts';
import { Screen } from './App.tsx';
import type { ConsoleState } from './console-state.ts';

const never = { repeat: () => () => {} };

/** The console as it is now on a screen of this size, without a terminal: its rows, without blanks at their ends. */
export function drawScreen(state: ConsoleState, size: Size): string[] {
	state.resize(size);
	state.publish();
	const screen = <Screen state={state} redraw={never} size={size} />;
	const rows = renderToString(screen, { columns: size.width }).split('\n');
	return Array.from({ length: size.height }, (_, index) => rows[index] ?? '');
}
