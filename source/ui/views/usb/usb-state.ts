/** Where a person is in the USB view, and what its lists hold. */
import type { EventOf } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { situationOf } from '../../../session/situation/situation.ts';
import type { Situation } from '../../../session/situation/standing.ts';
import { deviceText } from '../../../usb/device/device-text.ts';
import type { PortTimeline } from '../../../usb/timeline/timeline.ts';
import type { View, ViewContext } from '../../actions/view-context.ts';
import { TextDialog } from '../../components/dialogs/TextDialog.tsx';
import { wide } from '../../components/pane-frame.ts';
import { TranscriptList } from '../../components/transcript-list.ts';
import { ListState } from '../../list/list-state.ts';
import { Numbered } from '../../list/numbered.ts';
import { stripColors, widthOf, wrap } from '../../text/lines.ts';
import { findingCopied, findingText } from './finding-rows.ts';
import { columnSteps, stepFor } from './timeline-strip.ts';
import {
	type UsbEvent,
	usbEventAbout,
	usbEventFields,
	usbEventRow,
	usbEvents,
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
	readonly #context: ViewContext;
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
		const events = usbEvents(this.ports, transcript.lines);
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
		const range = this.#numbered.range(findings);
		this.firstFinding = range.first;
		const text = (number: number) => {
			const finding = findings[number - range.first];
			return finding ? findingText(header, finding) : this.situation.says;
		};
		this.findingList.update({
			first: range.first,
			end: range.end + 1,
			about: (number) => ({ text: text(number) }),
			copy: text,
			source: findings,
		});
		this.said.list.update(this.said.items(session));
	}

	/** The ports that have a timeline where a view is so high, the chosen one first. */
	shownPorts(height: number): readonly PortTimeline[] {
		const { path } = this.#context.session;
		const chosen = this.ports.find((port) => port.path === path) ?? this.ports[0];
		const others = this.ports.filter((port) => port !== chosen);
		return chosen ? [chosen, ...others].slice(0, timelineCount(this.ports.length, height)) : [];
	}

	/** Which of `columnSteps` timelines of so many columns have. */
	step(columns: number): number {
		return this.#step ?? stepFor(columns);
	}

	/** Longer (1) or shorter (-1) columns of time, as far as there are some. */
	zoomTime(by: 1 | -1): void {
		const { width, height } = this.#context.size;
		const next = this.step(timelineColumns(this.shownPorts(height), width).columns) + by;
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
		const rows = (_: unknown, width: number) =>
			deviceText(event.span.device).flatMap((row) =>
				widthOf(row) > width ? wrap(row, width) : [row],
			);
		this.#context.openOverlay(
			(close) => new TextDialog(`Device at ${sanitize(event.path)}`, rows, close),
		);
	}
}
