/** The whole screen as rows: header, view, hints, and what lies over them. */

import { sanitize } from '../../protocol/text/sanitize.ts';
import { over, wide } from '../components/pane.ts';
import { counter } from '../text/format.ts';
import { apart, cut, fill, fitLeft, type Size, widthOf, wrap } from '../text/lines.ts';
import { toAscii } from '../text/symbols.ts';
import { tabs, viewNames } from '../views/view.ts';
import type { Desk } from './console-state.ts';
import { hintRow } from './help.ts';
import { modemName, standing } from './status.ts';

const smallest = { width: 60, height: 16 };

/** Exactly `height` rows of exactly `width` columns. */
export function screenRows(desk: Desk, size: Size): string[] {
	desk.nextLook = Number.POSITIVE_INFINITY;
	const isSmall = size.width < smallest.width || size.height < smallest.height;
	const draw = isSmall ? smallRows : fullRows;
	const rows = desk.mouse.take(drawn(() => draw(desk, size), size));
	const safe = rows.map((row) => cut(row.replace(driving, ''), size.width));
	return desk.look.ascii ? safe.map(toAscii) : safe;
}

/** Controls other than our own colours: none should come this far, and none goes farther. */
const driving = /\u001b(?!\[[\d;]*m)|[\u0000-\u001a\u001c-\u001f\u007f-\u009f]/g;

function fullRows(desk: Desk, size: Size): string[] {
	const header = headerRows(desk, size.width);
	const { toasts, look, overlay } = desk;
	const body = { width: size.width, height: size.height - header.length - 1 };
	const { view: shown } = desk;
	const zooms = desk.isZoomed && shown.drawPane !== undefined;
	let view = drawn(() => (zooms ? shown.drawPane!(body) : shown.draw(body)), body);
	const toast = toasts.rows(look, size.width, 4);
	if (toast.length > 0) {
		desk.looksAgainIn(toasts.left + 10);
		view = [...view.slice(0, view.length - toast.length), ...toast];
	}
	const screen = [...header, ...fill(view, body), hintRow(desk, size.width)];
	if (!overlay) return screen;
	const box = overlay.draw(look, size);
	return overlay.atBottom
		? [...screen.slice(0, screen.length - box.length), ...box]
		: over(screen, box, size.width);
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

function headerRows(desk: Desk, width: number): string[] {
	const { look, session, viewName } = desk;
	const { paint } = look;
	const shown = viewNames.map((view, index) =>
		view === viewName ? paint.strong(`[${tabs[index]}]`) : ` ${tabs[index]} `,
	);
	const { words, grade } = standing(session);
	const grades = { good: paint.good, warn: paint.warn, bad: paint.alarm, calm: paint.dim };
	const name = modemName(session);
	const who = `${name}${name === '' ? '' : ' '}${grades[grade](words)} `;
	const notices = noticeWords(desk);
	const left = ` ${shown.join(' ')}`;
	const room = width - widthOf(left) - 2;
	const all = [notices, who].filter((part) => part !== '').join('   ');
	if (width >= wide && widthOf(all) <= room) return [apart(left, all, width)];
	return [fitLeft(left, width), apart(` ${who}`, `${notices} `, width)];
}

/** What kind of session it is, and what runs in it. */
function noticeWords(desk: Desk): string {
	const { look, session } = desk;
	const { kind, header, playing, recordingTo, armed } = session;
	const notices: string[] = [];
	if (kind === 'rehearsal') {
		const speed = header.speed === 1 ? '' : ` ${look.signs.times}${header.speed}`;
		notices.push(look.paint.warn(`rehearsal${speed}`));
	}
	if (playing) {
		if (playing.playing) desk.ticks();
		const way = playing.playing
			? `${look.signs.running} ${look.signs.times}${playing.speed}`
			: 'paused';
		notices.push(look.paint.warn(`replay ${way} ${counter(playing.t)}/${counter(playing.end)}`));
	}
	if (armed) notices.push(look.paint.warn(`armed ${sanitize(armed)}`));
	if (recordingTo !== undefined) {
		desk.ticks();
		notices.push(look.paint.bad(`REC ${counter(session.now())}`));
	}
	return notices.join('   ');
}

/** The longest sentence that fits, where there is no room for a view. */
function smallRows(desk: Desk, size: Size): string[] {
	const { words } = standing(desk.session);
	const name = modemName(desk.session);
	const need = `${smallest.width}x${smallest.height}`;
	const sentences = [
		`${name === '' ? '' : `${name}: `}${words}. Please make the terminal at least ${need}.`,
		`${words}. Please enlarge to ${need}.`,
		`Please enlarge to ${need}.`,
	];
	const wrapped = sentences.map((sentence) => wrap(sentence, size.width));
	return fill(wrapped.find((rows) => rows.length <= size.height) ?? wrapped.at(-1)!, size);
}
