/** View 1: the USB life of the modem as it happens, and what it means. */
import { sanitize } from '../../protocol/sanitize.ts';
import { modeLabel, nodesLabel } from '../../usb/modes.ts';
import type { PortLife, Span } from '../../usb/timeline.ts';
import type { Desk } from '../desk.ts';
import { findingList, findingRows } from '../finding-rows.ts';
import { TextOverlay } from '../overlays/text-overlay.ts';
import { deviceRows } from '../parts/device-rows.ts';
import { Cursor, listRows } from '../parts/list.ts';
import { inside, pane, wide } from '../parts/pane.ts';
import { legend, strip } from '../parts/timeline-strip.ts';
import { transcriptRow } from '../parts/transcript-rows.ts';
import { apart, beside, fill, fitLeft, fitRight, type Size, shorten, wrap } from '../rows.ts';
import type { View } from '../view.ts';
import { clockTime, duration } from '../words.ts';

type UsbEvent = {
	readonly t: number;
	readonly path: string;
	readonly span: Span;
	readonly came: boolean;
};

/** Rows from which on there is room for more than the events and their meaning. */
const roomy = 28;
/** Lines of the transcript that are looked through for the last that were said. */
const spokenWindow = 400;

export class UsbView implements View {
	readonly panes = 1;
	readonly cursor = new Cursor({ follow: true });
	readonly #desk: Desk;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	get hasEvents(): boolean {
		return this.#lives().length > 0;
	}

	draw(size: Size): string[] {
		const lives = this.#lives();
		if (lives.length === 0) return this.#withoutUsb(size);
		this.#desk.ticks();
		const { height, width } = size;
		const timelines = this.#timelines(lives, width, Math.min(lives.length, height < 14 ? 1 : 4));
		const rest = { width, height: height - timelines.length };
		const below = width >= wide ? this.#sideBySide(rest, lives) : this.#stacked(rest, lives);
		return fill([...timelines, ...below], size);
	}

	#withoutUsb({ width, height }: Size): string[] {
		const says = this.#nothing(width);
		const { findings } = this.#desk.session;
		const below = { width, height: height - says.length - 1 };
		const meaning = findings.length === 0 ? [] : this.#meaningPane(below);
		return fill([...says, '', ...meaning], { width, height });
	}

	#meaningPane(size: Size): string[] {
		const boxed = size.width >= wide;
		const rows = this.#meaning(inside(size, boxed));
		return pane(this.#desk.look, size, { title: 'What this means', boxed }, rows);
	}

	/** What to do where there is nothing to see. */
	#nothing(width: number): string[] {
		const { session } = this.#desk;
		const says = session.hasUsb
			? 'No modem is plugged in. As soon as one shows up on USB, its life is drawn here.'
			: 'This machine shows no USB at all: a container or a machine without USB. What modemscope does can be tried all the same.';
		if (session.kind === 'replay') {
			return [
				'',
				...wrap(
					'This recording has no USB events up to this moment. Its traffic is in 4 Flash, its AT lines in 2 AT.',
					width - 2,
				).map((row) => ` ${row}`),
			];
		}
		const { strong } = this.#desk.look.paint;
		const ways = [
			['D', 'rehearse on a simulated modem in a boot loop; nothing real is touched'],
			['5', 'open a recording and play it'],
			['3', 'look into a firmware file'],
		];
		return [
			'',
			...wrap(says, width - 2).map((row) => ` ${row}`),
			'',
			...ways.map(([key, does]) => `   ${strong(key!)}  ${does}`),
		];
	}

	#timelines(lives: readonly PortLife[], width: number, count: number): string[] {
		const { look, session } = this.#desk;
		const now = session.now();
		const chosen = lives.find(({ path }) => path === session.path) ?? lives[0]!;
		const shown = [chosen, ...lives.filter((life) => life !== chosen)].slice(0, count);
		const label = Math.max(5, ...shown.map(({ path }) => path.length + 1));
		const columns = width - label - 2;
		const loop = chosen.loop
			? look.paint.bad(
					`loop: up ${chosen.loop.up.toFixed(1)} s / down ${chosen.loop.down.toFixed(1)} s, ${chosen.loop.cycles} cycles`,
				)
			: '';
		return [
			apart(` Last ${columns} s  ${look.paint.dim(legend(look))}`, `${loop} `, width),
			...shown.map(
				({ path, spans }) =>
					` ${fitLeft(sanitize(path), label)}${strip(look, spans, now, columns)} `,
			),
			'',
		];
	}

	#stacked({ width, height }: Size, lives: readonly PortLife[]): string[] {
		const meaning = { width, height: Math.min(9, Math.floor(height / 2)) };
		const events = { width, height: height - meaning.height };
		return [...this.#events(events, lives), ...this.#meaningPane(meaning)];
	}

	#sideBySide({ width, height }: Size, lives: readonly PortLife[]): string[] {
		const { look, session } = this.#desk;
		const { header, findings } = session;
		const lower = height < roomy ? 0 : Math.floor(height * 0.35);
		const left = { width: Math.floor(width * 0.6), height: height - lower };
		const right = { ...left, width: width - left.width };
		const box = (title: string, size: Size, rows: readonly string[], focused = false) =>
			pane(look, size, { title, boxed: true, focused }, rows);
		const upper = beside(
			box('USB events', left, this.#events(inside(left, true), lives), true),
			box('What this means', right, this.#meaning(inside(right, true))),
		);
		if (lower === 0) return upper;
		const said = this.#lastSaid(left.width - 4, lower - 2);
		const found = findingList(look, header, findings);
		return [
			...upper,
			...beside(
				box('Last said on the AT port', { ...left, height: lower }, said),
				box(`Findings so far: ${findings.length}`, { ...right, height: lower }, found),
			),
		];
	}

	#lastSaid(width: number, height: number): string[] {
		const { look, session } = this.#desk;
		const { header, transcript } = session;
		const spoken = transcript.lines.slice(-spokenWindow).filter(({ kind }) => kind !== '*');
		return spoken.slice(-height).map((line) => ` ${transcriptRow(look, header, line, width - 1)}`);
	}

	#meaning({ width, height }: Size): string[] {
		const { session, look } = this.#desk;
		const armed = session.armed
			? wrap(
					`armed ${sanitize(session.armed)}: it fires in the next window of the AT port. h disarms.`,
					width - 2,
				).map((row) => ` ${look.paint.warn(row)}`)
			: [];
		const finding = findingRows(look, session.findings.at(-1), width, height - armed.length);
		return [...armed, ...finding];
	}

	#events(size: Size, lives: readonly PortLife[]): string[] {
		const { look } = this.#desk;
		const events = usbEvents(lives);
		const head = ` ${fitLeft('TIME', 12)}  ${fitLeft('EVENT', 6)}${fitLeft('DEVICE', 11)} ${fitLeft('MODE', 11)} ${fitLeft('NODES', size.width - 57)} ${fitRight('UP', 9)}`;
		const rows = listRows(look, {
			cursor: this.cursor,
			first: 0,
			end: events.length,
			size: { width: size.width, height: size.height - 1 },
			focused: true,
			row: (index) => this.#event(events[index]!, size.width),
		});
		return fill([look.paint.dim(fitLeft(head, size.width)), ...rows], size);
	}

	#event({ t, span, came }: UsbEvent, width: number): string {
		const { session, look } = this.#desk;
		const { device, from, to, mode } = span;
		const time = clockTime(session.header, t);
		const id = `${device.vid}:${device.pid}`;
		const sign = came ? look.paint.good('+') : look.paint.bad('-');
		const shown = came ? [modeLabel(device), nodesLabel(device)] : ['-', '-'];
		let up = came ? '' : duration((to ?? t) - from);
		if (came && to === undefined) {
			const since = duration(session.now() - from);
			up = mode === 'loader' ? `held ${since}` : since;
		}
		return `${time}  ${sign}     ${fitLeft(sanitize(id), 11)} ${fitLeft(shown[0]!, 11)} ${shorten(sanitize(shown[1]!), width - 57)} ${fitRight(up, 9)}`;
	}

	#lives(): PortLife[] {
		const { session } = this.#desk;
		return session.timeline.lives(session.now());
	}

	showDetails(): void {
		const event = usbEvents(this.#lives())[this.cursor.at];
		if (!event) return;
		const rows = () => deviceRows(event.span.device);
		this.#desk.ask((close) => new TextOverlay(`Device at ${sanitize(event.path)}`, rows, close));
	}
}

/** Comings and goings of all ports in the order of their times. */
const usbEvents = (lives: readonly PortLife[]): UsbEvent[] =>
	lives
		.flatMap(({ path, spans }) =>
			spans.flatMap((span): UsbEvent[] => {
				const came = { t: span.from, path, span, came: true };
				return span.to === undefined ? [came] : [came, { t: span.to, path, span, came: false }];
			}),
		)
		.sort((a, b) => a.t - b.t);
