/** The whole screen as rows: header, view, hints, and what lies over them. */

import { sanitize } from '../../protocol/text/sanitize.ts';
import { hintRow } from '../actions/help.ts';
import { overlayCentered, wide } from '../components/pane.ts';
import { counter } from '../text/format.ts';
import { cut, fill, fitLeft, type Size, spaceBetween, widthOf, wrap } from '../text/lines.ts';
import { toAscii } from '../text/symbols.ts';
import { viewNames } from '../text/view-names.ts';
import type { ConsoleState } from './console-state.ts';
import { modemName, status } from './status.ts';
import { tabs } from './tabs.ts';

const smallest = { width: 60, height: 16 };

/** Exactly `height` rows of exactly `width` columns. */
export function screenRows(context: ConsoleState, size: Size): string[] {
	context.nextRedraw = Number.POSITIVE_INFINITY;
	const isSmall = size.width < smallest.width || size.height < smallest.height;
	const draw = isSmall ? smallRows : fullRows;
	const rows = context.mouse.take(drawn(() => draw(context, size), size));
	const safe = rows.map((row) => cut(row.replace(driving, ''), size.width));
	return context.appearance.ascii ? safe.map(toAscii) : safe;
}

/** Controls other than our own colours: none should come this far, and none goes farther. */
const driving = /\u001b(?!\[[\d;]*m)|[\u0000-\u001a\u001c-\u001f\u007f-\u009f]/g;

function fullRows(context: ConsoleState, size: Size): string[] {
	const header = headerRows(context, size.width);
	const { toasts, appearance, overlay } = context;
	const body = { width: size.width, height: size.height - header.length - 1 };
	const { view: shown } = context;
	const zooms = context.isZoomed && shown.drawPane !== undefined;
	let view = drawn(() => (zooms ? shown.drawPane!(body) : shown.draw(body)), body);
	const toast = toasts.rows(appearance, size.width, 4);
	if (toast.length > 0) {
		context.redrawIn(toasts.left + 10);
		view = [...view.slice(0, view.length - toast.length), ...toast];
	}
	const screen = [...header, ...fill(view, body), hintRow(context, size.width)];
	if (!overlay) return screen;
	const box = overlay.draw(appearance, size);
	return overlay.atBottom
		? [...screen.slice(0, screen.length - box.length), ...box]
		: overlayCentered(screen, box, size.width);
}

/** A defect in what is drawn leaves the keys, the other views and the terminal as they are. */
function drawn(draw: () => string[], size: Size): string[] {
	try {
		return draw();
	} catch (error) {
		const what = sanitize(error instanceof Error ? error.message : String(error));
		const says = ['', ` This cannot be drawn: ${what}`, ' The other views (1-5) and q still work.'];
		return fill(says, size);
	}
}

function headerRows(context: ConsoleState, width: number): string[] {
	const { appearance, session, viewName } = context;
	const { paint } = appearance;
	const shown = viewNames.map((view, index) =>
		view === viewName ? paint.strong(`[${tabs[index]}]`) : ` ${tabs[index]} `,
	);
	const { words, grade } = status(session);
	const grades = { good: paint.good, warn: paint.warn, bad: paint.alarm, calm: paint.dim };
	const name = modemName(session);
	const who = `${name}${name === '' ? '' : ' '}${grades[grade](words)} `;
	const notices = noticeWords(context);
	const left = ` ${shown.join(' ')}`;
	const room = width - widthOf(left) - 2;
	const all = [notices, who].filter((part) => part !== '').join('   ');
	if (width >= wide && widthOf(all) <= room) return [spaceBetween(left, all, width)];
	return [fitLeft(left, width), spaceBetween(` ${who}`, `${notices} `, width)];
}

/** What kind of session it is, and what runs in it. */
function noticeWords(context: ConsoleState): string {
	const { appearance, session } = context;
	const { label, header, player, recorder, modem } = session;
	const notices: string[] = [];
	if (player) {
		if (player.playing) context.redrawEverySecond();
		const way = player.playing
			? `${appearance.symbols.running} ${appearance.symbols.times}${player.speed}`
			: 'paused';
		const at = `${counter(player.t)}/${counter(player.end)}`;
		notices.push(appearance.paint.warn(`${label} ${way} ${at}`));
	} else if (label !== undefined) {
		const speed = header.speed === 1 ? '' : ` ${appearance.symbols.times}${header.speed}`;
		notices.push(appearance.paint.warn(`${label}${speed}`));
	}
	const armed = modem?.at.armed;
	if (armed) notices.push(appearance.paint.warn(`armed ${sanitize(armed)}`));
	if (recorder?.path !== undefined) {
		context.redrawEverySecond();
		notices.push(appearance.paint.bad(`REC ${counter(session.now())}`));
	}
	return notices.join('   ');
}

/** The longest sentence that fits, where there is no room for a view. */
function smallRows(context: ConsoleState, size: Size): string[] {
	const { words } = status(context.session);
	const name = modemName(context.session);
	const need = `${smallest.width}x${smallest.height}`;
	const sentences = [
		`${name === '' ? '' : `${name}: `}${words}. Please make the terminal at least ${need}.`,
		`${words}. Please enlarge to ${need}.`,
		`Please enlarge to ${need}.`,
	];
	const wrapped = sentences.map((sentence) => wrap(sentence, size.width));
	return fill(wrapped.find((rows) => rows.length <= size.height) ?? wrapped.at(-1)!, size);
}
