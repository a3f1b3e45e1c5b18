/** A recording played on the console's own screens, as what a terminal would be told, and when. */
import type { Event } from '../../events.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Film, Shot } from '../../recording/export/asciicast.ts';
import type { Recording } from '../../recording/log/record.ts';
import { ReplaySession } from '../../session/kinds/replay.ts';
import { createAppearance } from '../text/appearance.ts';
import type { ViewName } from '../text/view-names.ts';
import { ConsoleState } from './console-state.ts';
import { drawScreen } from './draw-screen.tsx';

export type ScreencastOptions = {
	readonly width: number;
	readonly height: number;
	/** Seconds of the recording in one second of the film. */
	readonly speed: number;
	/** Seconds of the film that a silence takes at most. */
	readonly idle: number;
	/** What is filmed; where something happens unless given. */
	readonly view: ViewName | undefined;
};

/** Seconds of the film between two pictures, at least. */
const shutter = 0.1;
const clear = '\u001b[?25l\u001b[2J';

export function screencast(recording: Recording, options: ScreencastOptions): Film {
	const { width: columns, height: rows } = options;
	const title = sanitize(recording.header.title);
	return { columns, rows, title, shots: shots(recording, options) };
}

function* shots(recording: Recording, options: ScreencastOptions): Generator<Shot> {
	const { speed, view = busiest(recording.events) } = options;
	const session = ReplaySession.of(recording);
	const nowhere = () => Promise.reject(new Error('a film has one session'));
	const state = new ConsoleState(
		session,
		{ live: nowhere, rehearsal: nowhere, replay: nowhere, paste: nowhere },
		{
			view,
			size: options,
			appearance: createAppearance({ color: true, ascii: false, env: { TERM: 'xterm-256color' } }),
			requestRedraw: () => {},
			quit: () => {},
		},
	);
	const marks = recording.events.filter((event) => event.type === 'mark');
	let before: readonly string[] = [];
	for (const { t, at } of moments(recording.events, options)) {
		session.player.film(t, speed);
		const drawn = drawScreen(state, options).map((row) => row.trimEnd());
		const changed = drawn.flatMap((row, index) =>
			row === before[index] ? [] : [`\u001b[${index + 1};1H\u001b[2K${row}`],
		);
		const passed = marks.filter((mark) => mark.t <= t);
		marks.splice(0, passed.length);
		const text = (before.length === 0 ? clear : '') + changed.join('');
		const mark = passed.map((event) => sanitize(event.text)).join('; ');
		if (text !== '' || mark !== '') yield { at, text, ...(mark === '' ? {} : { mark }) };
		before = drawn;
	}
}

/** A log of bytes alone has nothing to show on USB. */
const busiest = (events: readonly Event[]): ViewName =>
	events.some(({ type }) => type.startsWith('usb-')) ? 'usb' : 'flash';

/** The moments of the recording that are filmed, and where they stand in the film. */
function* moments(
	events: readonly Event[],
	{ speed, idle }: ScreencastOptions,
): Generator<{ t: number; at: number }> {
	const step = shutter * speed;
	// While nothing happens, the clocks of the screen go on.
	const tick = Math.max(1, step);
	let at = 0;
	let last = 0;
	yield { t: 0, at };
	for (const event of events) {
		const t = Math.ceil(event.t / step) * step;
		if (t <= last) continue;
		const silence = Math.min(t - last, idle * speed);
		for (let passed = tick; passed < silence; passed += tick) {
			yield { t: last + passed, at: at + passed / speed };
		}
		at += silence / speed;
		last = t;
		yield { t, at };
	}
}
