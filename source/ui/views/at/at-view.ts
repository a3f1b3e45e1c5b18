/** View 2: the AT conversation, and a line to type with what the catalogue knows of it. */
import { type Field, fieldsOf } from '../../../at/answers/read.ts';
import { catalogue, search } from '../../../at/catalogue.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { atNode } from '../../../usb/device/modes.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { TextDialog } from '../../components/dialogs/TextDialog.tsx';
import { Palette, type PaletteItem } from '../../components/Palette.tsx';
import { TextInputState, textInputRow } from '../../components/TextInput.tsx';
import { TranscriptList } from '../../components/transcript-list.ts';
import type { ListState } from '../../list/list-state.ts';
import { fill, fitLeft, hconcat, type Size } from '../../text/lines.ts';
import type { DrawnView } from '../bridge/drawn-view.ts';
import { listRows } from '../bridge/list-rows.ts';
import { inside, pane, wide } from '../bridge/pane.ts';
import { fieldColumns, fieldText } from './answer-fields.ts';
import { explainedRows } from './at-help.ts';
import { cardRows } from './modem-card.ts';
import { askAndSend, unlocking } from './send-dialogs.ts';

export class AtView implements DrawnView {
	readonly panes = 2;
	readonly #lines = new TranscriptList();
	readonly #context: ViewContext;
	readonly #input = new TextInputState();
	#typing = false;
	/** How far back in the history the line is; 0 is the line itself. */
	#back = 0;
	#completions: readonly string[] = [];

	constructor(context: ViewContext) {
		this.#context = context;
	}

	get list(): ListState | undefined {
		return this.#context.pane === 0 ? this.#lines.list : undefined;
	}

	get isTyping(): boolean {
		return this.#typing;
	}

	draw({ width, height }: Size): string[] {
		const boxed = width >= wide;
		const help = pane(
			this.#context.appearance,
			{ width, height: boxed ? 6 : 5 },
			{ title: 'Command', boxed, focused: this.#typing },
			this.#prompt(boxed ? width - 4 : width),
		);
		const room = height - help.length;
		const fields = this.#fields();
		if (boxed) {
			const side = { width: Math.floor(width * 0.4), height: room };
			const left = this.#conversation({ width: width - side.width, height: room }, true);
			return fill([...hconcat(left, this.#side(side, fields)), ...help], { width, height });
		}
		// While a line is typed, its help is what is read.
		const below =
			fields.length === 0 || this.#typing || room < 12
				? []
				: this.#fieldPane({ width, height: Math.min(fields.length, 4) + 1 }, fields, false);
		const size = { width, height: room - below.length };
		return fill([...this.#conversation(size, false), ...below, ...help], { width, height });
	}

	drawPane(size: Size): string[] {
		return this.#context.pane === 1
			? this.#cardPane(size, true)
			: this.#conversation(size, size.width >= wide);
	}

	#conversation(size: Size, boxed: boolean): string[] {
		const { appearance, session } = this.#context;
		const options = {
			title: `AT conversation  ${sanitize(session.path ?? 'no modem')} ${this.#port()}`,
			list: this.#lines.list,
			boxed,
			focused: !this.#typing && this.#context.pane === 0,
		};
		return pane(appearance, size, options, this.#transcript(inside(size, boxed)));
	}

	/** This modem, and under it the answer that is looked at. */
	#side({ width, height }: Size, fields: readonly Field[]): string[] {
		if (fields.length === 0) return this.#cardPane({ width, height });
		const lower = Math.min(fields.length + 2, Math.floor(height / 2));
		return [
			...this.#cardPane({ width, height: height - lower }),
			...this.#fieldPane({ width, height: lower }, fields, true),
		];
	}

	#cardPane(size: Size, alone = false): string[] {
		const { appearance, session } = this.#context;
		const boxed = !alone || size.width >= wide;
		const focused = !this.#typing && this.#context.pane === 1;
		const rows = cardRows(appearance, session, inside(size, boxed).width);
		return pane(appearance, size, { title: 'This modem', boxed, focused }, rows);
	}

	#fieldPane(size: Size, fields: readonly Field[], boxed: boolean): string[] {
		const { appearance } = this.#context;
		const title = `${sanitize(this.#chosen?.command ?? '')} in fields`;
		return pane(
			appearance,
			size,
			{ title, boxed },
			fieldColumns(appearance, fields, inside(size, boxed)),
		);
	}

	/** The answer that the chosen line is of, or the last one. */
	get #chosen() {
		return this.#lines.chosen(this.#context.session)?.answer;
	}

	#fields(): Field[] {
		const answer = this.#chosen;
		return answer ? fieldsOf(answer.command, answer.lines) : [];
	}

	copied(): string[] | undefined {
		const { session, pane: chosen } = this.#context;
		return chosen === 1
			? session.facts.card.map((field) => `${field.name}: ${fieldText(field)}`)
			: undefined;
	}

	/** Asks the modem for everything, and shows what it has said. */
	readModem(): void {
		const at = this.#context.session.modem?.at;
		if (!at) return;
		void unlocking(
			this.#context,
			() => at.readState(),
			() => this.showCard(),
		);
	}

	showCard(): void {
		const { session } = this.#context;
		this.#context.openOverlay(
			(close) =>
				new TextDialog(
					'This modem',
					(appearance, width) => cardRows(appearance, session, width),
					close,
				),
		);
	}

	#port(): string {
		const { devices, path } = this.#context.session;
		const device = path === undefined ? undefined : devices.get(path);
		return sanitize((device && atNode(device)) ?? 'AT port not there now');
	}

	#transcript(size: Size): string[] {
		const { appearance, session } = this.#context;
		if (session.transcript.lines.length === 0) {
			this.#lines.list.clear();
			const how = session.modem ? ' Press i to type a command.' : '';
			return [` Nothing was said yet.${how}`];
		}
		const focused = !this.#typing && !this.#lines.list.following && this.#context.pane === 0;
		return listRows(appearance, {
			list: this.#lines.list,
			...this.#lines.items(session),
			size,
			focused,
			row: (number) => this.#lines.row(appearance, session.header, number, size.width - 1),
		});
	}

	/** The line, and under it what it would do. */
	#prompt(width: number): string[] {
		const { appearance, session } = this.#context;
		if (!this.#typing) {
			if (!session.modem) return [fitLeft(' AT> nothing can be sent from a recording', width)];
			const { armed } = session.modem.at;
			const waits = armed ? `   armed: ${sanitize(armed)}` : '';
			return [fitLeft(` AT> press i to type${waits}`, width)];
		}
		return [
			textInputRow(appearance, this.#input, ' AT> ', width),
			...explainedRows(appearance, this.#input.text, width),
		];
	}

	type(key: string): boolean {
		this.#back = 0;
		this.#completions = [];
		return this.#input.key(key);
	}

	paste(text: string): void {
		this.#input.paste(text);
	}

	startTyping(text?: string): void {
		this.#typing = true;
		if (text !== undefined) this.#input.text = text;
	}

	leave(): void {
		this.#typing = false;
	}

	send(): void {
		const line = this.#input.text.trim();
		if (line === '') return;
		askAndSend(this.#context, line, () => {
			this.#input.text = '';
			this.#back = 0;
		});
	}

	/** Completes as far as all known commands agree; then each of them in turn. */
	complete(): void {
		const typed = this.#input.text.trim().toUpperCase();
		if (this.#completions.length === 0) {
			const begins = search(typed).filter(({ name }) => name.toUpperCase().startsWith(typed));
			this.#completions = (begins.length > 0 ? begins : search(typed)).map(({ name }) => name);
			const common = commonStart(this.#completions);
			if (common.length > typed.length && this.#completions.length > 1) {
				this.#input.text = common;
				this.#completions = [];
				return;
			}
		}
		const [next, ...others] = this.#completions;
		if (next === undefined) return;
		this.#input.text = next;
		this.#completions = [...others, next];
	}

	/** Goes back (1) or forth (-1) in what was sent. */
	recall(by: 1 | -1): void {
		const history = this.#history();
		this.#back = Math.max(0, Math.min(history.length, this.#back + by));
		this.#input.text = history[this.#back - 1] ?? '';
	}

	searchHistory(): void {
		const items = this.#history().map((line) => ({
			name: sanitize(line),
			note: '',
			words: [],
			run: () => this.startTyping(line),
		}));
		this.#context.openOverlay((close) => new Palette('Commands that were sent', items, close));
	}

	/** Every known command, to be typed. */
	paletteItems(): PaletteItem[] {
		return catalogue.map(({ name, says, danger, synonyms = [] }) => ({
			name: `Type ${name}`,
			note: danger === 'read' || danger === 'gate' ? 'AT' : 'asks first  AT',
			words: [name, ...synonyms, says],
			run: () => {
				this.#context.show('at');
				this.startTyping(name);
			},
		}));
	}

	/** What was sent, in this run and in those before; newest first, each once. */
	#history(): readonly string[] {
		return this.#context.session.modem?.at.history ?? [];
	}
}

function commonStart(names: readonly string[]): string {
	const [first = '', ...others] = names;
	let length = first.length;
	for (const name of others) while (!name.startsWith(first.slice(0, length))) length -= 1;
	return first.slice(0, length);
}
