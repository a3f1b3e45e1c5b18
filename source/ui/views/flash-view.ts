/** View 4: the plan, the flash as it runs, and the traffic with its meaning. */
import { basename } from 'node:path';
import { type Plan, refuses } from '../../flash/plan.ts';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/sanitize.ts';
import type { TrafficFrame } from '../../recording/traffic.ts';
import type { Desk } from '../desk.ts';
import { stopLeaves } from '../flash-words.ts';
import { ChoiceDialog } from '../overlays/choice-dialog.ts';
import { TypedDialog } from '../overlays/typed-dialog.ts';
import { flashRows } from '../parts/flash-rows.ts';
import { frameRows, frameTitle } from '../parts/frame-pane.ts';
import { Cursor, listRows } from '../parts/list.ts';
import { inside, pane, wide } from '../parts/pane.ts';
import { planRows } from '../parts/plan-rows.ts';
import { Sample } from '../parts/sample.ts';
import { beside, fill, fitLeft, fitRight, type Size, shorten } from '../rows.ts';
import type { View } from '../view.ts';

export class FlashView implements View {
	readonly panes = 2;
	readonly #desk: Desk;
	readonly #frames = new Cursor({ follow: true });
	#fields = new Cursor();
	/** The frame that the chosen field belongs to. */
	#fieldsOf = 0;
	#asText = false;
	readonly #sample = new Sample();

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	get cursor(): Cursor {
		return this.#desk.pane === 0 ? this.#frames : this.#fields;
	}

	draw(size: Size): string[] {
		const { width, height } = size;
		const boxed = width >= wide;
		const upper = this.#upper(boxed ? width - 4 : width, Math.max(4, Math.floor(height / 2)));
		const title = this.#desk.session.flash.started ? 'Flash' : 'Plan';
		const above = boxed
			? pane(this.#desk.look, { width, height: upper.length + 2 }, { title, boxed }, upper)
			: upper;
		const rest = { width, height: height - above.length };
		return fill([...above, ...(boxed ? this.#sideBySide(rest) : this.#stacked(rest))], size);
	}

	#upper(width: number, height: number): string[] {
		const { look, session } = this.#desk;
		const { flash, plan } = session;
		if (flash.running) this.#desk.ticks();
		// A plan that was made after a flash ended is what a person looks at now.
		const isNews = plan !== undefined && (!flash.started || flash.ended !== undefined);
		const ended = flash.started ? flashRows(look, session, width) : [];
		const planned = isNews && plan ? planRows(look, plan, width) : [];
		if (ended.length + planned.length > 0) return [...planned, ...ended].slice(0, height);
		return session.kind === 'replay'
			? [' No flash up to this moment of the recording.']
			: [' No flash is planned. Open a file in 3 Firmware and press F there.'];
	}

	#stacked({ width, height }: Size): string[] {
		const list = Math.max(3, Math.min(6, Math.floor(height * 0.4)));
		return [
			...this.#traffic({ width, height: list }, false),
			...this.#frame({ width, height: height - list }, false),
		];
	}

	#sideBySide({ width, height }: Size): string[] {
		const left = Math.floor(width * 0.4);
		return beside(
			this.#traffic({ width: left, height }, true),
			this.#frame({ width: width - left, height }, true),
		);
	}

	#traffic(size: Size, boxed: boolean): string[] {
		const { look, session, pane: focus } = this.#desk;
		const { frames, total } = session.traffic;
		const first = frames[0]?.number ?? 1;
		const end = Math.max(first, this.#sample.last(total) + 1);
		this.#desk.looksAgainIn(this.#sample.nextLook(total));
		const note = this.#sample.isFrozen ? 'FROZEN' : this.#frames.following ? 'newest' : '';
		const room = inside(size, boxed);
		const rows = listRows(look, {
			cursor: this.#frames,
			first,
			end,
			size: room,
			focused: focus === 0,
			row: (number) => this.#row(frames[number - first]!, room.width - 1),
		});
		const none = [' No bytes have crossed a port yet.'];
		return pane(
			look,
			size,
			{ title: `Traffic  ${total} frames`, note, boxed, focused: focus === 0 },
			total === 0 ? none : rows,
		);
	}

	#row(frame: TrafficFrame, width: number): string {
		const { paint } = this.#desk.look;
		const { number, t, dir, protocol, name, bytes, payload } = frame;
		const way = dir === 'in' ? paint.modem('<-') : paint.ours('->');
		const length = fitLeft(String(payload?.length ?? bytes.length), 6);
		const what = shorten(sanitize(`${fitLeft(protocol, 8)} ${name}`), Math.max(4, width - 25));
		const wrong = frame.problem ? paint.bad(what) : what;
		return `${String(number).padStart(4, '0')} ${fitRight(t.toFixed(3), 9)} ${way} ${length} ${wrong}`;
	}

	#frame(size: Size, boxed: boolean): string[] {
		const { look, session, pane: focus } = this.#desk;
		const { frames } = session.traffic;
		const frame = frames[this.#frames.at - (frames[0]?.number ?? 1)];
		if (!frame) return pane(look, size, { title: 'Frame', boxed }, []);
		if (this.#fieldsOf !== frame.number) {
			this.#fieldsOf = frame.number;
			this.#fields = new Cursor();
		}
		const rows = frameRows(look, frame, {
			fields: this.#fields,
			size: inside(size, boxed),
			asText: this.#asText,
		});
		return pane(look, size, { title: frameTitle(frame), boxed, focused: focus === 1 }, rows);
	}

	field(by: 1 | -1): void {
		this.#fields.move(by);
	}

	toggleText(): void {
		this.#asText = !this.#asText;
	}

	toggleFreeze(): void {
		this.#sample.toggleFreeze();
	}

	/** Starts the planned flash once the model's name was typed. */
	askStart(): void {
		const desk = this.#desk;
		const { plan } = desk.session;
		if (!plan) return;
		if (refuses(plan)) throw refused(plan);
		const options = {
			title: `Flash ${sanitize(plan.model)} at ${sanitize(plan.path)}`,
			says: [
				`${sanitize(basename(plan.file))}: ${sanitize(plan.from ?? 'unknown')} ${desk.look.signs.arrow} ${sanitize(plan.to)}.`,
				'The modem must keep its power until the end. The flash goes on when this screen is closed.',
				`Type ${sanitize(plan.model)} to start.`,
			],
			prompt: 'Model:',
			refuse: (typed: string) =>
				typed === plan.model
					? undefined
					: `That is not ${sanitize(plan.model)}. Nothing was started.`,
			run: (typed: string) => void desk.attempt(() => desk.session.startFlash(typed)),
		};
		desk.ask((close) => new TypedDialog(options, close));
	}

	askStop(): void {
		const desk = this.#desk;
		const choices = [
			{ label: 'Let it go on', says: 'Nothing changes.', run: () => {} },
			{
				label: 'Stop at the next safe point',
				says: stopLeaves(desk.session.flash),
				run: () => void desk.attempt(() => desk.session.stopFlash()),
			},
		];
		desk.ask((close) => new ChoiceDialog('Stop the flash?', '', choices, close));
	}
}

const refused = ({ checks }: Plan) =>
	new Problem(
		exitCode.refusedBeforeWrite,
		`The plan does not allow it: ${checks.find(({ state }) => state === 'refuse')?.says ?? ''}`,
		{ modem: 'Nothing was written to the modem.' },
	);
