/** View 1: the USB life of the modem as it happens, and what it means. */
import type { EventOf } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { deviceText } from '../../../usb/device/device-text.ts';
import type { Loop } from '../../../usb/timeline/loop.ts';
import type { PortTimeline } from '../../../usb/timeline/timeline.ts';
import type { View, ViewContext } from '../../actions/view-context.ts';
import { TextDialog } from '../../components/dialogs/text-dialog.ts';
import { listRows } from '../../components/list.ts';
import { inside, pane, wide } from '../../components/pane.ts';
import { TranscriptList } from '../../components/transcript-list.ts';
import { ListState } from '../../list/list-state.ts';
import { Numbered } from '../../list/numbered.ts';
import { duration } from '../../text/format.ts';
import {
	fill,
	fitLeft,
	hconcat,
	type Size,
	spaceBetween,
	widthOf,
	wrap,
} from '../../text/lines.ts';
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
	readonly #context: ViewContext;
	readonly #events = new ListState({ follow: true });
	readonly #findings = new ListState({ follow: true });
	readonly #said = new TranscriptList({ spokenOnly: true });
	readonly #numbered = new Numbered<EventOf<'finding'>>();
	/** The step of the timelines that a person chose; else the one that fits. */
	#step: number | undefined;
	#fittingStep = 0;
	/** The last draw had room for all panes. */
	#isWide = false;

	constructor(context: ViewContext) {
		this.#context = context;
	}

	get panes(): number {
		return this.#isWide ? 3 : 2;
	}

	get list(): ListState {
		return [this.#events, this.#findings, this.#said.list][this.#context.pane] ?? this.#events;
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
		this.#context.redrawEverySecond();
		const { height, width } = size;
		const timelines = this.#timelines(lives, width, Math.min(lives.length, height < 14 ? 1 : 4));
		const rest = { width, height: height - timelines.length };
		const below = this.#isWide ? this.#sideBySide(rest, lives) : this.#stacked(rest, lives);
		return fill([...timelines, ...below], size);
	}

	drawPane(size: Size): string[] {
		this.#isWide = size.width >= wide;
		if (this.#context.pane === 0) return this.#eventsPane(size, this.#lives());
		return this.#context.pane === 1 ? this.#meaningPane(size) : this.#saidPane(size);
	}

	/** What the chosen finding says, whole. */
	copied(): string[] | undefined {
		if (this.#context.pane !== 1 || this.#findings.selection) return undefined;
		const { findings } = this.#context.session;
		const finding = findings[this.#findings.at - this.#numbered.range(findings).first];
		return finding && findingCopied(finding);
	}

	#withoutUsb({ width, height }: Size): string[] {
		const says = noUsbRows(this.#context.appearance, this.#context.session, width);
		this.#events.clear();
		const { findings } = this.#context.session;
		const below = { width, height: height - says.length - 1 };
		const meaning = findings.length === 0 ? [] : this.#meaningPane(below);
		return fill([...says, '', ...meaning], { width, height });
	}

	#timelines(lives: readonly PortTimeline[], width: number, count: number): string[] {
		const { appearance, session } = this.#context;
		const now = session.now();
		const chosen = lives.find(({ path }) => path === session.path) ?? lives[0]!;
		const shown = [chosen, ...lives.filter((life) => life !== chosen)].slice(0, count);
		const label = Math.max(5, ...shown.map(({ path }) => path.length + 1));
		const columns = width - label - 2;
		this.#fittingStep = stepFor(columns);
		const step = columnSteps[this.#step ?? this.#fittingStep]!;
		const loop = chosen.loop ? appearance.paint.bad(loopWords(chosen.loop, width)) : '';
		const span = step === 1 ? `Last ${columns} s` : `${duration(columns * step)}, ${step} s each`;
		return [
			spaceBetween(` ${span}  ${appearance.paint.dim(legend(appearance))}`, `${loop} `, width),
			...shown.map(
				({ path, spans }) =>
					` ${fitLeft(sanitize(path), label)}${strip(appearance, spans, now, columns, step)} `,
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
		const below = hconcat(
			this.#saidPane({ ...left, height: lower }),
			this.#findingsPane({ ...right, height: lower }),
		);
		return [...hconcat(this.#eventsPane(left, lives), this.#meaningPane(right)), ...below];
	}

	#eventsPane(size: Size, lives: readonly PortTimeline[]): string[] {
		const list = this.#events;
		const boxed = this.#isWide;
		const note = list.following ? 'newest' : '';
		const options = { title: 'USB events', note, list, boxed, focused: this.#context.pane === 0 };
		return pane(
			this.#context.appearance,
			size,
			options,
			this.#eventRows(inside(size, boxed), lives),
		);
	}

	/** The finding that is chosen, the newest unless a person went to another. */
	#meaningPane(size: Size): string[] {
		const { appearance, session, pane: focus } = this.#context;
		const { findings } = session;
		const boxed = this.#isWide;
		const range = this.#numbered.range(findings);
		const isListed = this.#isWide && !this.#context.isZoomed;
		if (!isListed) this.#findings.layout(range, 1);
		const at = this.#findings.at - range.first;
		const finding = findings[at];
		const note = findings.length > 1 ? `${at + 1} of ${findings.length}` : '';
		const title = 'What this means';
		const focused = focus === 1 && !isListed;
		const rows = this.#meaning(finding, inside(size, boxed));
		return pane(appearance, size, { title, note, boxed, focused }, rows);
	}

	#meaning(finding: EventOf<'finding'> | undefined, { width, height }: Size): string[] {
		const { session, appearance } = this.#context;
		const command = session.modem?.at.armed;
		const armed = command
			? wrap(
					`armed ${sanitize(command)}: it fires in the next window of the AT port. h disarms.`,
					width - 2,
				).map((row) => ` ${appearance.paint.warn(row)}`)
			: [];
		return [...armed, ...findingRows(appearance, finding, width, height - armed.length)];
	}

	#findingsPane(size: Size): string[] {
		const { appearance, session, pane: focus } = this.#context;
		const { findings, header } = session;
		const boxed = this.#isWide;
		const room = inside(size, boxed);
		const list = this.#findings;
		const range = this.#numbered.range(findings);
		const rows = listRows(appearance, {
			list: list,
			...range,
			size: room,
			focused: focus === 1,
			row: (number) => findingRow(appearance, header, findings[number - range.first]!),
			source: findings,
		});
		const title = `Findings so far: ${findings.length}`;
		return pane(appearance, size, { title, list, boxed, focused: focus === 1 }, rows);
	}

	#saidPane(size: Size): string[] {
		const { appearance, session, pane: focus } = this.#context;
		const list = this.#said.list;
		const boxed = this.#isWide;
		const rows = this.#said.rows(appearance, session, inside(size, boxed), focus === 2);
		const title = 'Last said on the AT port';
		return pane(appearance, size, { title, list, boxed, focused: focus === 2 }, rows);
	}

	#eventRows(size: Size, lives: readonly PortTimeline[]): string[] {
		const { appearance, session, pane: focus } = this.#context;
		const events = usbEvents(lives, session.transcript.lines);
		const rows = listRows(appearance, {
			list: this.#events,
			first: 0,
			end: events.length,
			size: { width: size.width, height: size.height - 1 },
			focused: focus === 0,
			row: (index) => usbEventRow(appearance, session, events[index]!, size.width),
			about: (index) => usbEventAbout(events[index]!),
			fields: usbEventFields,
			source: session.timeline,
		});
		return fill(
			[appearance.paint.dim(fitLeft(usbEventHead(size.width), size.width)), ...rows],
			size,
		);
	}

	#lives(): PortTimeline[] {
		const { session } = this.#context;
		return session.timeline.ports(session.now());
	}

	showDetails(): void {
		const event = usbEvents(this.#lives(), this.#context.session.transcript.lines)[this.#events.at];
		if (!event) return;
		const rows = (_: unknown, width: number) =>
			deviceText(event.span.device).flatMap((row) =>
				widthOf(row) > width ? wrap(row, width) : [row],
			);
		this.#context.openOverlay(
			(close) => new TextDialog(`Device at ${sanitize(event.path)}`, rows, close),
		);
	}
}

/** Where there is room, how regular it is too: a loop of software is, one of a weak supply is not. */
function loopWords({ up, down, period, duty, jitter, cycles }: Loop, width: number): string {
	const short = `loop: up ${up.toFixed(1)} s / down ${down.toFixed(1)} s, ${cycles} cycles`;
	if (width < wide) return short;
	return `${short}, every ${period.toFixed(1)} s ±${jitter.toFixed(1)}, there ${Math.round(duty * 100)} %`;
}
