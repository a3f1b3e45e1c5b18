/** View 1: the USB life of the modem as it happens, and what it means. */
import { catalogue } from '../../at/catalogue.ts';
import { sanitize } from '../../protocol/sanitize.ts';
import { modeLabel, nodesLabel } from '../../usb/modes.ts';
import type { PortLife, Span } from '../../usb/timeline.ts';
import type { Desk } from '../desk.ts';
import { findingRows } from '../finding-rows.ts';
import { ChoiceDialog } from '../overlays/choice-dialog.ts';
import { TextOverlay } from '../overlays/text-overlay.ts';
import { deviceRows } from '../parts/device-rows.ts';
import { Cursor, listRows } from '../parts/list.ts';
import { inside, pane, wide } from '../parts/pane.ts';
import { legend, strip } from '../parts/timeline-strip.ts';
import { apart, beside, fill, fitLeft, fitRight, type Size, shorten, wrap } from '../rows.ts';
import type { View } from '../view.ts';
import { clockTime, duration } from '../words.ts';

type UsbEvent = {
	readonly t: number;
	readonly path: string;
	readonly span: Span;
	readonly came: boolean;
};

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
		if (lives.length === 0) return fill(this.#nothing(size.width), size);
		this.#desk.ticks();
		const { height, width } = size;
		const timelines = this.#timelines(lives, width, Math.min(lives.length, height < 14 ? 1 : 4));
		const rest = { width, height: height - timelines.length };
		const below = width >= wide ? this.#sideBySide(rest, lives) : this.#stacked(rest, lives);
		return fill([...timelines, ...below], size);
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
		const meaning = Math.min(9, Math.floor(height / 2));
		const { look } = this.#desk;
		return [
			...this.#events({ width, height: height - meaning }, lives),
			...pane(
				look,
				{ width, height: meaning },
				{ title: 'What this means', boxed: false },
				this.#meaning({ width, height: meaning - 1 }),
			),
		];
	}

	#sideBySide({ width, height }: Size, lives: readonly PortLife[]): string[] {
		const { look } = this.#desk;
		const left = { width: Math.floor(width * 0.6), height };
		const right = { width: width - left.width, height };
		return beside(
			pane(
				look,
				left,
				{ title: 'USB events', boxed: true, focused: true },
				this.#events(inside(left, true), lives),
			),
			pane(
				look,
				right,
				{ title: 'What this means', boxed: true },
				this.#meaning(inside(right, true)),
			),
		);
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

	/** Lists what can wait for the next window; AT!BOOTHOLD is what most come for. */
	askArm(): void {
		const desk = this.#desk;
		const whole = catalogue.filter(({ name }) => !name.endsWith('='));
		const hold = whole.filter(({ name }) => name === 'AT!BOOTHOLD');
		const choices = [...hold, ...whole.filter((command) => !hold.includes(command))].map(
			({ name, says, risk }) => ({
				label: `${fitLeft(name, 20)} ${says}`,
				says: risk ? `Risk: ${risk}` : 'It only reads.',
				run: () => void desk.attempt(() => desk.session.arm(name)),
			}),
		);
		const says =
			'The command is sent the moment the AT port shows up, in the short time that it is there. It fires once.';
		desk.ask((close) => new ChoiceDialog('Arm a command', says, choices, close));
	}

	askDisarm(): void {
		const desk = this.#desk;
		const choices = [
			{ label: 'Keep it armed', says: 'It fires in the next window.', run: () => {} },
			{
				label: 'Disarm it',
				says: 'Nothing is sent.',
				run: () => void desk.attempt(() => desk.session.disarm()),
			},
		];
		const title = `${sanitize(desk.session.armed ?? '')} is armed`;
		desk.ask((close) => new ChoiceDialog(title, '', choices, close));
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
