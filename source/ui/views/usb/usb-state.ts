/** Where a person is in the USB view, and what its lists hold. */
import type { EventOf } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Place } from '../../../session/remarks/remark.ts';
import { type Subject, subjectOf } from '../../../session/remarks/why.ts';
import { situationOf } from '../../../session/situation/situation.ts';
import type { Situation } from '../../../session/situation/standing.ts';
import { deviceText } from '../../../usb/device/device-text.ts';
import { changesOf, type Measured, measure } from '../../../usb/timeline/measure.ts';
import type { PortTimeline } from '../../../usb/timeline/timeline.ts';
import type { View, ViewContext } from '../../actions/view-context.ts';
import { TextDialog } from '../../components/dialogs/TextDialog.tsx';
import { wide } from '../../components/pane-frame.ts';
import { TranscriptList } from '../../components/transcript-list.ts';
import { ListState } from '../../list/list-state.ts';
import { Numbered } from '../../list/numbered.ts';
import { clockTime } from '../../text/format.ts';
import { stripColors, widthOf, wrap } from '../../text/lines.ts';
import { findingCopied, findingText } from './finding-rows.ts';
import { TimeCursors } from './time-cursors.ts';
import { columnSteps, firstColumn, stepFor } from './timeline-strip.ts';
import {
	type UsbEvent,
	UsbEvents,
	usbEventAbout,
	usbEventFields,
	usbEventRow,
} from './usb-events.ts';
import { eventsWidth, timelineColumns, timelineCount } from './usb-layout.ts';

export class UsbState implements View {
	readonly eventList = new ListState({ follow: true });
	readonly findingList = new ListState({ follow: true });
	readonly said = new TranscriptList({ spokenOnly: true });
	ports: readonly PortTimeline[] = [];
	events: readonly UsbEvent[] = [];
	/** The number of the oldest finding that is still known. */
	firstFinding = 0;
	situation: Situation;
	readonly cursors = new TimeCursors();
	/** What lies between the cursors. */
	measured: readonly Measured[] = [];
	/** What else happened stands under the timelines. */
	hasLanes = false;
	readonly #context: ViewContext;
	readonly #usbEvents = new UsbEvents();
	readonly #numbered = new Numbered<EventOf<'finding'>>();
	/** The step of the timelines that a person chose; else the one that fits. */
	#step: number | undefined;

	constructor(context: ViewContext) {
		this.#context = context;
		this.situation = situationOf(context.session);
	}

	get panes(): number {
		return this.#context.size.width >= wide ? 3 : 2;
	}

	get list(): ListState {
		const { pane } = this.#context;
		return [this.eventList, this.findingList, this.said.list][pane] ?? this.eventList;
	}

	get hasEvents(): boolean {
		return this.ports.length > 0;
	}

	/** The finding that a person went to; undefined on the last row, which is how things stand now. */
	get chosen(): EventOf<'finding'> | undefined {
		return this.#context.session.findings[this.findingList.at - this.firstFinding];
	}

	update(): void {
		const { session, appearance, size, isZoomed } = this.#context;
		const { findings, header, timeline, transcript } = session;
		this.situation = situationOf(session);
		this.ports = timeline.ports(session.now());
		const { range, path } = this.cursors;
		const spans = this.ports.find((port) => port.path === path)?.spans ?? [];
		this.measured = range ? measure(spans, range) : [];
		const events = this.#usbEvents.of(timeline, this.ports, transcript.armed);
		this.events = events;
		const width = eventsWidth(size, isZoomed);
		this.eventList.update({
			first: 0,
			end: events.length,
			about: (index) => usbEventAbout(events[index]!),
			copy: (index) =>
				stripColors(usbEventRow(appearance, session, events[index]!, width)).trimEnd(),
			fields: usbEventFields,
			source: timeline,
		});
		const numbers = this.#numbered.range(findings);
		this.firstFinding = numbers.first;
		const text = (number: number) => {
			const finding = findings[number - numbers.first];
			return finding ? findingText(header, finding) : this.situation.says;
		};
		this.findingList.update({
			first: numbers.first,
			end: numbers.end + 1,
			about: (number) => ({ text: text(number) }),
			copy: text,
			source: findings,
		});
		this.said.list.update(this.said.items(session));
	}

	/** The ports that have a timeline where a view is so high, the measured or the chosen one first. */
	shownPorts(height: number): readonly PortTimeline[] {
		const path = this.cursors.path ?? this.#context.session.path;
		const chosen = this.ports.find((port) => port.path === path) ?? this.ports[0];
		const others = this.ports.filter((port) => port !== chosen);
		return chosen
			? [chosen, ...others].slice(0, timelineCount(this.ports.length, height, this.hasLanes))
			: [];
	}

	/** Which of `columnSteps` timelines of so many columns have. */
	step(columns: number): number {
		return this.#step ?? stepFor(columns);
	}

	/** What so many columns of time show: from when on, and how many seconds each. */
	timeWindow(columns: number): { readonly first: number; readonly step: number } {
		const { isZoomed, range } = this.cursors;
		// B begins the last column.
		if (isZoomed && range) {
			return { first: range.from, step: (range.to - range.from) / (columns - 1) };
		}
		const step = columnSteps[this.step(columns)]!;
		return { first: firstColumn(this.#context.session.now(), columns, step), step };
	}

	/** Sets a cursor on the chosen row, which is a change by itself. */
	setCursor(which: 'a' | 'b'): void {
		const event = this.events[this.eventList.at];
		if (event) this.cursors.set(which, event.path, event.t);
	}

	/** Moves the cursor that was set last to the next (1) or the previous (-1) change, and the list with it. */
	moveCursor(by: 1 | -1): void {
		const { cursors } = this;
		if (cursors.path === undefined) {
			this.setCursor('a');
			return;
		}
		const { path } = cursors;
		const spans = this.ports.find((port) => port.path === path)?.spans ?? [];
		const t = cursors.move(changesOf(spans), by);
		const row = this.events.findIndex((event) => event.t === t && event.path === path);
		if (row >= 0) this.eventList.goTo(row);
		else this.#context.toasts.show('There is no other change of this port on that side.');
	}

	zoomToCursors(): void {
		const { cursors } = this;
		if (cursors.range) cursors.isZoomed = !cursors.isZoomed;
		else this.#context.toasts.show('Set cursor A (x) and cursor B (X) on two rows first.');
	}

	goTo({ t }: Place): void {
		this.#context.pane = 0;
		this.eventList.goTo(
			Math.max(
				0,
				this.events.findLastIndex((event) => event.t <= t),
			),
		);
	}

	subject(): Subject | undefined {
		return this.#context.pane === 1 && this.chosen ? subjectOf(this.chosen) : undefined;
	}

	back(): boolean {
		return this.cursors.back();
	}

	/** Longer (1) or shorter (-1) columns of time, as far as there are some. */
	zoomTime(by: 1 | -1): void {
		this.cursors.isZoomed = false;
		const { width, height } = this.#context.size;
		const next =
			this.step(timelineColumns(this.shownPorts(height), width, this.hasLanes).columns) + by;
		if (columnSteps[next] !== undefined) this.#step = next;
	}

	/** What the chosen finding says, whole. */
	copied(): string[] | undefined {
		if (this.#context.pane !== 1 || this.findingList.selection) return undefined;
		const finding = this.chosen ?? this.situation.findings[0];
		return finding && findingCopied(finding);
	}

	showDetails(): void {
		const event = this.events[this.eventList.at];
		if (!event) return;
		const time = clockTime(this.#context.session.header, event.t);
		const rows = (_: unknown, width: number) =>
			deviceText(event.span.device).flatMap((row) =>
				widthOf(row) > width ? wrap(row, width) : [row],
			);
		this.#context.openOverlay(
			(close) => new TextDialog(`Device at ${sanitize(event.path)}, ${time}`, rows, close),
		);
	}
}
