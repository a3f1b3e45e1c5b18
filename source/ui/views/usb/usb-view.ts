/** View 1: the USB life of the modem as it happens, and what it means. */
import type { EventOf } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { deviceText } from '../../../usb/device/device-text.ts';
import type { Loop } from '../../../usb/timeline/loop.ts';
import type { PortTimeline } from '../../../usb/timeline/timeline.ts';
import type { Desk } from '../../app/console-state.ts';
import { TextOverlay } from '../../components/dialogs/text-dialog.ts';
import { Cursor, listRows } from '../../components/list.ts';
import { inside, pane, wide } from '../../components/pane.ts';
import { TranscriptList } from '../../components/transcript-list.ts';
import { Numbered } from '../../list/numbered.ts';
import { duration } from '../../text/format.ts';
import { apart, beside, fill, fitLeft, type Size, widthOf, wrap } from '../../text/lines.ts';
import type { View } from '../view.ts';
import { findingCopied, findingRow, findingRows } from './finding-rows.ts';
import { noUsbRows } from './no-usb.ts';
import { columnSteps, legend, stepFor, strip } from './timeline-strip.ts';
import {
	usbEventAbout,
	usbEventFields,
	usbEventHead,
	usbEventRow,
	usbEvents,
} from './usb-events.ts';

/** Rows from which on there is room for more than the events and their meaning. */
const roomy = 28;

export class UsbView implements View {
	readonly #desk: Desk;
	readonly #events = new Cursor({ follow: true });
	readonly #findings = new Cursor({ follow: true });
	readonly #said = new TranscriptList({ spokenOnly: true });
	readonly #numbered = new Numbered<EventOf<'finding'>>();
	/** The step of the timelines that a person chose; else the one that fits. */
	#step: number | undefined;
	#fittingStep = 0;
	/** The last draw had room for all panes. */
	#isWide = false;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	get panes(): number {
		return this.#isWide ? 3 : 2;
	}

	get cursor(): Cursor {
		return [this.#events, this.#findings, this.#said.cursor][this.#desk.pane] ?? this.#events;
	}

	get hasEvents(): boolean {
		return this.#lives().length > 0;
	}

	/** Longer (1) or shorter (-1) columns of time, as far as there are some. */
	zoomTime(by: 1 | -1): void {
		const next = (this.#step ?? this.#fittingStep) + by;
		if (columnSteps[next] !== undefined) this.#step = next;
	}

	draw(size: Size): string[] {
		const lives = this.#lives();
		this.#isWide = size.width >= wide;
		if (lives.length === 0) return this.#withoutUsb(size);
		this.#desk.ticks();
		const { height, width } = size;
		const timelines = this.#timelines(lives, width, Math.min(lives.length, height < 14 ? 1 : 4));
		const rest = { width, height: height - timelines.length };
		const below = this.#isWide ? this.#sideBySide(rest, lives) : this.#stacked(rest, lives);
		return fill([...timelines, ...below], size);
	}

	drawPane(size: Size): string[] {
		this.#isWide = size.width >= wide;
		if (this.#desk.pane === 0) return this.#eventsPane(size, this.#lives());
		return this.#desk.pane === 1 ? this.#meaningPane(size) : this.#saidPane(size);
	}

	/** What the chosen finding says, whole. */
	copied(): string[] | undefined {
		if (this.#desk.pane !== 1 || this.#findings.selection) return undefined;
		const { findings } = this.#desk.session;
		const finding = findings[this.#findings.at - this.#numbered.range(findings).first];
		return finding && findingCopied(finding);
	}

	#withoutUsb({ width, height }: Size): string[] {
		const says = noUsbRows(this.#desk.look, this.#desk.session, width);
		this.#events.clear();
		const { findings } = this.#desk.session;
		const below = { width, height: height - says.length - 1 };
		const meaning = findings.length === 0 ? [] : this.#meaningPane(below);
		return fill([...says, '', ...meaning], { width, height });
	}

	#timelines(lives: readonly PortTimeline[], width: number, count: number): string[] {
		const { look, session } = this.#desk;
		const now = session.now();
		const chosen = lives.find(({ path }) => path === session.path) ?? lives[0]!;
		const shown = [chosen, ...lives.filter((life) => life !== chosen)].slice(0, count);
		const label = Math.max(5, ...shown.map(({ path }) => path.length + 1));
		const columns = width - label - 2;
		this.#fittingStep = stepFor(columns);
		const step = columnSteps[this.#step ?? this.#fittingStep]!;
		const loop = chosen.loop ? look.paint.bad(loopWords(chosen.loop, width)) : '';
		const span = step === 1 ? `Last ${columns} s` : `${duration(columns * step)}, ${step} s each`;
		return [
			apart(` ${span}  ${look.paint.dim(legend(look))}`, `${loop} `, width),
			...shown.map(
				({ path, spans }) =>
					` ${fitLeft(sanitize(path), label)}${strip(look, spans, now, columns, step)} `,
			),
		];
	}

	#stacked({ width, height }: Size, lives: readonly PortTimeline[]): string[] {
		const meaning = { width, height: Math.min(9, Math.floor(height / 2)) };
		const events = { width, height: height - meaning.height };
		return [...this.#eventsPane(events, lives), ...this.#meaningPane(meaning)];
	}

	/** Events beside their meaning; where there is room, what was said and what was found below. */
	#sideBySide({ width, height }: Size, lives: readonly PortTimeline[]): string[] {
		const lower = Math.floor(height * (height < roomy ? 0.3 : 0.35));
		const left = { width: Math.floor(width * 0.6), height: height - lower };
		const right = { ...left, width: width - left.width };
		// The list comes first: it knows by then which finding is chosen, and the meaning is of that one.
		const below = beside(
			this.#saidPane({ ...left, height: lower }),
			this.#findingsPane({ ...right, height: lower }),
		);
		return [...beside(this.#eventsPane(left, lives), this.#meaningPane(right)), ...below];
	}

	#eventsPane(size: Size, lives: readonly PortTimeline[]): string[] {
		const list = this.#events;
		const boxed = this.#isWide;
		const note = list.following ? 'newest' : '';
		const options = { title: 'USB events', note, list, boxed, focused: this.#desk.pane === 0 };
		return pane(this.#desk.look, size, options, this.#eventRows(inside(size, boxed), lives));
	}

	/** The finding that is chosen, the newest unless a person went to another. */
	#meaningPane(size: Size): string[] {
		const { look, session, pane: focus } = this.#desk;
		const { findings } = session;
		const boxed = this.#isWide;
		const range = this.#numbered.range(findings);
		const isListed = this.#isWide && !this.#desk.isZoomed;
		if (!isListed) this.#findings.place(range, 1);
		const at = this.#findings.at - range.first;
		const finding = findings[at];
		const note = findings.length > 1 ? `${at + 1} of ${findings.length}` : '';
		const title = 'What this means';
		const focused = focus === 1 && !isListed;
		const rows = this.#meaning(finding, inside(size, boxed));
		return pane(look, size, { title, note, boxed, focused }, rows);
	}

	#meaning(finding: EventOf<'finding'> | undefined, { width, height }: Size): string[] {
		const { session, look } = this.#desk;
		const armed = session.armed
			? wrap(
					`armed ${sanitize(session.armed)}: it fires in the next window of the AT port. h disarms.`,
					width - 2,
				).map((row) => ` ${look.paint.warn(row)}`)
			: [];
		return [...armed, ...findingRows(look, finding, width, height - armed.length)];
	}

	#findingsPane(size: Size): string[] {
		const { look, session, pane: focus } = this.#desk;
		const { findings, header } = session;
		const boxed = this.#isWide;
		const room = inside(size, boxed);
		const list = this.#findings;
		const range = this.#numbered.range(findings);
		const rows = listRows(look, {
			cursor: list,
			...range,
			size: room,
			focused: focus === 1,
			row: (number) => findingRow(look, header, findings[number - range.first]!),
			source: findings,
		});
		const title = `Findings so far: ${findings.length}`;
		return pane(look, size, { title, list, boxed, focused: focus === 1 }, rows);
	}

	#saidPane(size: Size): string[] {
		const { look, session, pane: focus } = this.#desk;
		const list = this.#said.cursor;
		const boxed = this.#isWide;
		const rows = this.#said.rows(look, session, inside(size, boxed), focus === 2);
		const title = 'Last said on the AT port';
		return pane(look, size, { title, list, boxed, focused: focus === 2 }, rows);
	}

	#eventRows(size: Size, lives: readonly PortTimeline[]): string[] {
		const { look, session, pane: focus } = this.#desk;
		const events = usbEvents(lives, session.transcript.lines);
		const rows = listRows(look, {
			cursor: this.#events,
			first: 0,
			end: events.length,
			size: { width: size.width, height: size.height - 1 },
			focused: focus === 0,
			row: (index) => usbEventRow(look, session, events[index]!, size.width),
			about: (index) => usbEventAbout(events[index]!),
			fields: usbEventFields,
			source: session.timeline,
		});
		return fill([look.paint.dim(fitLeft(usbEventHead(size.width), size.width)), ...rows], size);
	}

	#lives(): PortTimeline[] {
		const { session } = this.#desk;
		return session.timeline.ports(session.now());
	}

	showDetails(): void {
		const event = usbEvents(this.#lives(), this.#desk.session.transcript.lines)[this.#events.at];
		if (!event) return;
		const rows = (_: unknown, width: number) =>
			deviceText(event.span.device).flatMap((row) =>
				widthOf(row) > width ? wrap(row, width) : [row],
			);
		this.#desk.ask((close) => new TextOverlay(`Device at ${sanitize(event.path)}`, rows, close));
	}
}

/** Where there is room, how regular it is too: a loop of software is, one of a weak supply is not. */
function loopWords({ up, down, period, duty, jitter, cycles }: Loop, width: number): string {
	const short = `loop: up ${up.toFixed(1)} s / down ${down.toFixed(1)} s, ${cycles} cycles`;
	if (width < wide) return short;
	return `${short}, every ${period.toFixed(1)} s ±${jitter.toFixed(1)}, there ${Math.round(duty * 100)} %`;
}
