/** View 4: the plan, the flash as it runs, and the traffic with its meaning. */
import { basename } from 'node:path';
import { resumeModeNow } from '../../../flash/job/resume-plan.ts';
import { ifStopped } from '../../../flash/model/outcomes/if-stopped.ts';
import { overridable, type Plan, type PlanCheck, refuses } from '../../../flash/model/plan.ts';
import { namesModem, namesOf } from '../../../modems/naming.ts';
import { exitCode, Problem } from '../../../problem.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { ChoiceDialog } from '../../components/dialogs/ChoiceDialog.tsx';
import { TypedDialog } from '../../components/dialogs/TypedDialog.tsx';
import { ListState } from '../../list/list-state.ts';
import { fill, hconcat, type Size } from '../../text/lines.ts';
import type { DrawnView } from '../bridge/drawn-view.ts';
import { listRows } from '../bridge/list-rows.ts';
import { inside, pane, wide } from '../bridge/pane.ts';
import { bookmarkText } from './bookmarks.ts';
import { flashRows } from './flash-rows.ts';
import { planRows } from './plan-rows.ts';
import { askAdd, mayAdd } from './planned-files.ts';
import { TrafficPanes } from './traffic-panes.ts';
import { unfinishedRows } from './unfinished-rows.ts';

/** The width of a box in which a row of the hex shows 16 bytes. */
const frameNeeds = 80;

export class FlashView implements DrawnView {
	readonly panes = 3;
	readonly #context: ViewContext;
	readonly #traffic: TrafficPanes;
	readonly #plan = new ListState();

	constructor(context: ViewContext) {
		this.#context = context;
		this.#traffic = new TrafficPanes(context);
	}

	get list(): ListState {
		return [this.#traffic.list, this.#traffic.fields, this.#plan][this.#context.pane]!;
	}

	get redrawIn(): number | undefined {
		const second = this.#context.session.flash.running ? 1000 : Number.POSITIVE_INFINITY;
		const soonest = Math.min(second, this.#traffic.redrawIn);
		return soonest === Number.POSITIVE_INFINITY ? undefined : soonest;
	}

	get hasFrames(): boolean {
		return this.#context.session.traffic.total > 0;
	}

	draw(size: Size): string[] {
		const { width, height } = size;
		const boxed = width >= wide;
		const edges = boxed ? 2 : 1;
		const rows = this.#upperRows(inside(size, boxed).width - 1);
		const upper = { width, height: Math.min(rows.length + edges, this.#upperMost(height)) };
		const rest = { width, height: height - upper.height };
		const below = boxed ? this.#sideBySide(rest) : this.#stacked(rest);
		return fill([...this.#drawPlan(upper, boxed, rows), ...below], size);
	}

	drawPane(size: Size): string[] {
		const boxed = size.width >= wide;
		if (this.#context.pane === 0) return this.#drawTraffic(size, boxed);
		if (this.#context.pane === 1) return this.#drawFrame(size, boxed);
		return this.#drawPlan(size, boxed, this.#upperRows(inside(size, boxed).width - 1));
	}

	/** A plan waits to be read; the traffic is what a person looks at otherwise. */
	#upperMost(height: number): number {
		return Math.max(4, Math.floor(height * (this.#isPlanNews ? 0.7 : 0.5)));
	}

	/** A plan that was made after a flash ended is what a person looks at now. */
	get #isPlanNews(): boolean {
		const { flash, modem } = this.#context.session;
		const plan = modem?.flasher.plan;
		return plan !== undefined && (!flash.started || flash.ended !== undefined);
	}

	#drawPlan(size: Size, boxed: boolean, rows: readonly string[]): string[] {
		const { appearance, session, pane: focus } = this.#context;
		const room = inside(size, boxed);
		const title = session.flash.started && !this.#isPlanNews ? 'Flash' : 'Plan';
		const list = this.#plan;
		const shown = listRows(appearance, {
			list: list,
			first: 0,
			end: rows.length,
			size: room,
			focused: focus === 2,
			quiet: focus !== 2,
			row: (index) => rows[index]!,
		});
		const hidden = rows.length - room.height;
		const note = hidden > 0 ? `${hidden} more: Tab, ${appearance.symbols.down}` : '';
		return pane(appearance, size, { title, note, list, boxed, focused: focus === 2 }, shown);
	}

	#upperRows(width: number): string[] {
		const { appearance, session } = this.#context;
		const { flash, modem } = session;
		const { plan, unfinished } = modem?.flasher ?? {};
		const ended = flash.started ? flashRows(appearance, session, width) : [];
		const planned = this.#isPlanNews && plan ? planRows(appearance, plan, width) : [];
		const offer = flash.running || planned.length > 0 ? undefined : unfinished;
		const way = offer && resumeModeNow(offer, session.devices.get(offer.job.path));
		const offered = way ? unfinishedRows(appearance, offer, way, ended.length === 0, width) : [];
		// The list brings the column at the left.
		const rows = [...planned, ...ended, ...offered].map((row) =>
			row.replace(/^((?:\u001b\[[\d;]*m)*) /, '$1'),
		);
		if (rows.length > 0) return rows;
		return session.player
			? ['No flash up to this moment of the recording.']
			: ['No flash is planned. Open a file in 3 Firmware and press F there.'];
	}

	#stacked(size: Size): string[] {
		const { width, height } = size;
		const [least, most, share] = this.#traffic.asLadder ? [5, 12, 0.55] : [3, 6, 0.4];
		const list = Math.max(least, Math.min(most, Math.floor(height * share)));
		return [
			...this.#drawTraffic({ width, height: list }, false),
			...this.#drawFrame({ width, height: height - list }, false),
		];
	}

	#sideBySide({ width, height }: Size): string[] {
		const left = Math.min(Math.floor(width * 0.45), width - frameNeeds);
		return hconcat(
			this.#drawTraffic({ width: left, height }, true),
			this.#drawFrame({ width: width - left, height }, true),
		);
	}

	#drawTraffic(size: Size, boxed: boolean): string[] {
		return this.#traffic.drawList(size, boxed, this.#context.pane === 0);
	}

	#drawFrame(size: Size, boxed: boolean): string[] {
		return this.#traffic.drawFrame(size, boxed, this.#context.pane === 1);
	}

	field(by: 1 | -1): void {
		this.#traffic.field(by);
	}

	toggleText(): void {
		this.#traffic.toggleText();
	}

	toggleLadder(): void {
		this.#traffic.toggleLadder();
	}

	/** Leaves a mark that names the chosen frame. */
	bookmark(): void {
		const frame = this.#traffic.chosen;
		if (!frame) return;
		const { session, toasts } = this.#context;
		session.recorder?.mark(bookmarkText(frame.number, `${frame.protocol} ${frame.name}`));
		toasts.show(`Frame ${frame.number} is marked in the recording.`);
	}

	copied(): string[] | undefined {
		if (this.#context.pane === 0) return undefined;
		return this.#context.pane === 1 ? this.#traffic.copied() : undefined;
	}

	get mayAdd(): boolean {
		return mayAdd(this.#context.session);
	}

	askAdd(): Promise<void> {
		return askAdd(this.#context);
	}

	/** Starts the planned flash once the model's name was typed. */
	askStart(): void {
		const context = this.#context;
		const flasher = context.session.modem?.flasher;
		const plan = flasher?.plan;
		if (!plan) return;
		if (refuses(plan)) {
			const check = overridable(plan);
			if (!check) throw refused(plan);
			this.#askAside(check);
			return;
		}
		const options = {
			title: `Flash ${sanitize(plan.model)} at ${sanitize(plan.path)}`,
			says: [
				`${sanitize(nameOf(plan))}: ${sanitize(plan.from ?? 'unknown')} ${context.appearance.symbols.arrow} ${sanitize(plan.to)}.`,
				'The modem must keep its power until the end. The flash goes on when this screen is closed.',
				`Type ${sanitize(namesOf(plan))} to start.`,
			],
			prompt: 'Model:',
			refuse: (typed: string) =>
				namesModem(typed, plan)
					? undefined
					: `That is not ${sanitize(namesOf(plan))}. Nothing was started.`,
			run: (typed: string) => void context.attempt(() => flasher.start(typed)),
		};
		context.openOverlay((close) => new TypedDialog(options, close));
	}

	/** A refusal that may be set aside is, when a person types its name. */
	#askAside({ name, says }: PlanCheck): void {
		const context = this.#context;
		const options = {
			title: `The plan is refused: ${name}`,
			says: [
				`${sanitize(says)}.`,
				'You can override this check if you know better. The recording keeps that you did. Nothing is started yet.',
				`Type ${name} to override it.`,
			],
			prompt: 'Check:',
			refuse: (typed: string) =>
				typed === name ? undefined : `That is not ${name}. Nothing was overridden.`,
			run: () => void context.attempt(() => context.session.modem?.flasher.setAside(name)),
		};
		context.openOverlay((close) => new TypedDialog(options, close));
	}

	askStop(): void {
		const context = this.#context;
		const choices = [
			{ label: 'Let it go on', says: 'Nothing changes.', run: () => {} },
			{
				label: 'Stop at the next safe point',
				says: ifStopped(context.session.flash),
				run: () => void context.attempt(() => context.session.modem?.flasher.stop()),
			},
		];
		context.openOverlay((close) => new ChoiceDialog('Stop the flash?', '', choices, close));
	}
}

const nameOf = ({ file, others }: Plan) =>
	[file, ...others].map((each) => basename(each)).join(', then ');

const refused = ({ checks }: Plan) =>
	new Problem(
		exitCode.refusedBeforeWrite,
		`The plan does not allow it: ${checks.find(({ state }) => state === 'refuse')?.says ?? ''}`,
		{ modem: 'Nothing was written to the modem.' },
	);
