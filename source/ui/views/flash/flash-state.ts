/** View 4: the plan, the flash as it runs, and the traffic with its meaning. */
import { resumeModeNow } from '../../../flash/job/resume-plan.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { lastChange } from '../../../recording/log/last-change.ts';
import type { Place } from '../../../session/remarks/remark.ts';
import type { Subject } from '../../../session/remarks/why.ts';
import type { View, ViewContext } from '../../actions/view-context.ts';
import { ListState } from '../../list/list-state.ts';
import { stripColors, wrap } from '../../text/lines.ts';
import { bookmarkText } from './bookmarks.ts';
import { planWidth } from './flash-layout.ts';
import { flashRows } from './flash-rows.ts';
import { planRows } from './plan-rows.ts';
import { TrafficState } from './traffic-state.ts';
import { unfinishedRows } from './unfinished-rows.ts';

export class FlashState implements View {
	readonly panes = 3;
	readonly traffic: TrafficState;
	readonly planList = new ListState();
	planRows: readonly string[] = [];
	readonly #context: ViewContext;

	constructor(context: ViewContext) {
		this.#context = context;
		this.traffic = new TrafficState(context);
	}

	get list(): ListState {
		return [this.traffic.list, this.traffic.fieldList, this.planList][this.#context.pane]!;
	}

	get hasFrames(): boolean {
		return this.#context.session.traffic.total > 0;
	}

	/** A plan that was made after a flash ended is what a person looks at now. */
	get isPlanNews(): boolean {
		const { flash, modem } = this.#context.session;
		const plan = modem?.flasher.plan;
		return plan !== undefined && (!flash.started || flash.ended !== undefined);
	}

	update(): void {
		this.traffic.update();
		const rows = this.#rows();
		this.planRows = rows;
		const text = (index: number) => stripColors(rows[index]!).trimEnd();
		this.planList.update({
			first: 0,
			end: rows.length,
			about: (index) => ({ text: text(index) }),
			copy: text,
		});
	}

	/** What is planned, what runs or how it ended, and what could be gone on with. */
	#rows(): readonly string[] {
		const { appearance, session, size } = this.#context;
		const width = planWidth(size);
		const { flash, modem } = session;
		const { plan, rehearsal, unfinished } = modem?.flasher ?? {};
		const ended = flash.started ? flashRows(appearance, session, width) : [];
		const planned = this.isPlanNews && plan ? planRows(appearance, plan, rehearsal, width) : [];
		const offer = flash.running || planned.length > 0 ? undefined : unfinished;
		const way = offer && resumeModeNow(offer, session.devices.get(offer.job.path));
		const offered = way ? unfinishedRows(appearance, offer, way, ended.length === 0, width) : [];
		// The list brings the column at the left.
		const rows = [...planned, ...ended, ...offered].map((row) =>
			row.replace(/^((?:\u001b\[[\d;]*m)*) /, '$1'),
		);
		if (rows.length > 0) return rows;
		const none = session.player
			? 'No flash up to this moment of the recording.'
			: 'No flash is planned. Open a file in 3 Firmware and press F there.';
		return wrap(none, width);
	}

	/** Leaves a mark that names the chosen frame. */
	async bookmark(): Promise<void> {
		const frame = this.traffic.chosen;
		if (!frame) return;
		const { number, protocol, name } = frame;
		const { session, toasts } = this.#context;
		const kept = await session.mark(bookmarkText(number, `${protocol} ${name}`));
		toasts.show(`Frame ${number}: ${kept}`);
	}

	/** Where the chosen field got its value; in a recording, to that moment too. */
	toLastChange(): void {
		const { session, toasts } = this.#context;
		const { chosen } = this.traffic;
		const field = chosen?.fields[this.traffic.fieldList.at];
		if (!chosen || !field) return;
		const change = lastChange(session.traffic, chosen, field);
		const name = sanitize(field.name);
		if (!change) {
			toasts.show(`${name} has not changed before this frame.`);
			return;
		}
		const { frame, before } = change;
		const { player } = session;
		if (player?.overview) player.seek(frame.t);
		this.traffic.goTo(frame.number, field.name);
		const now = `frame ${frame.number}: ${name} is ${sanitize(change.field.shown)}`;
		toasts.show(
			before
				? `${now}; frame ${before.frame.number} had ${sanitize(before.field.shown)}.`
				: `${now}, as it was from the first.`,
		);
	}

	goTo({ frame }: Place): void {
		this.#context.pane = 0;
		if (frame !== undefined) this.traffic.goTo(frame);
	}

	subject(): Subject | undefined {
		const frame = this.#context.pane === 2 ? undefined : this.traffic.chosen;
		if (!frame) return undefined;
		const { t, number, protocol, name } = frame;
		const place = { t, among: 'traffic', frame: number } as const;
		return { says: `frame ${number}, ${protocol} ${name}`, place };
	}

	copied(): string[] | undefined {
		return this.#context.pane === 1 ? this.traffic.copied() : undefined;
	}
}
