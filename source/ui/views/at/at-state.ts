/** Where a person is in the AT view: in the conversation, or in the line that is typed. */
import { type Field, fieldsOf } from '../../../at/answers/read.ts';
import { catalogue, search } from '../../../at/catalogue.ts';
import { questionsOf } from '../../../at/consent.ts';
import type { TranscriptLine } from '../../../at/transcript.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Place } from '../../../session/remarks/remark.ts';
import type { OwnCommand, View, ViewContext } from '../../actions/view-context.ts';
import { TextDialog } from '../../components/dialogs/TextDialog.tsx';
import { Palette, type PaletteItem } from '../../components/Palette.tsx';
import { TextInputState } from '../../components/TextInput.tsx';
import { TranscriptList } from '../../components/transcript-list.ts';
import type { ListState } from '../../list/list-state.ts';
import { fieldText } from './answer-fields.ts';
import { cardRows } from './modem-card.ts';
import { askAndRun, askAndSend, unlocking } from './send-dialogs.ts';

export class AtState implements View {
	readonly panes = 2;
	/** The line that is typed, and what was said last, are at the bottom. */
	readonly dialogsAt = 'top';
	readonly conversation = new TranscriptList();
	readonly input = new TextInputState();
	isTyping = false;
	/** The answer that the chosen line is of, or the last one, and what it says. */
	answer: TranscriptLine['answer'];
	fields: readonly Field[] = [];
	readonly #context: ViewContext;
	/** How far back in the history the line is; 0 is the line itself. */
	#back = 0;
	#completions: readonly string[] = [];
	/** The line was typed for this person: when it is sent, there is no other to type. */
	#isOneLine = false;

	constructor(context: ViewContext) {
		this.#context = context;
	}

	get list(): ListState | undefined {
		return this.#context.pane === 0 ? this.conversation.list : undefined;
	}

	update(): void {
		const { session } = this.#context;
		this.conversation.list.update(this.conversation.items(session));
		this.answer = this.conversation.chosen(session)?.answer;
		this.fields = this.answer ? fieldsOf(this.answer.command, this.answer.lines) : [];
	}

	goTo({ t }: Place): void {
		this.#context.pane = 0;
		this.update();
		this.conversation.goTo(this.#context.session, t);
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

	type(key: string): boolean {
		this.#back = 0;
		this.#completions = [];
		return this.input.key(key);
	}

	/** Several lines are a script; what is typed already stays. */
	paste(text: string): boolean {
		if (!this.isTyping) return false;
		const lines = text.trim().replace(/\r\n?/g, '\n');
		if (lines.includes('\n')) askAndRun(this.#context, lines);
		else this.input.paste(text);
		return true;
	}

	startTyping(text?: string): void {
		this.isTyping = true;
		this.#isOneLine = false;
		if (text !== undefined) this.input.text = text;
	}

	/** Types a line that has only to be sent. */
	offerLine(text: string): void {
		this.startTyping(text);
		this.#isOneLine = true;
	}

	leave(): void {
		this.isTyping = false;
	}

	send(): void {
		const line = this.input.text.trim();
		if (line === '') return;
		askAndSend(this.#context, line, () => {
			this.input.text = '';
			this.#back = 0;
			if (this.#isOneLine) this.leave();
		});
	}

	/** Completes as far as all known commands agree; then each of them in turn. */
	complete(): void {
		const typed = this.input.text.trim().toUpperCase();
		if (this.#completions.length === 0) {
			const begins = search(typed).filter(({ name }) => name.toUpperCase().startsWith(typed));
			this.#completions = (begins.length > 0 ? begins : search(typed)).map(({ name }) => name);
			const common = commonStart(this.#completions);
			if (common.length > typed.length && this.#completions.length > 1) {
				this.input.text = common;
				this.#completions = [];
				return;
			}
		}
		const [next, ...others] = this.#completions;
		if (next === undefined) return;
		this.input.text = next;
		this.#completions = [...others, next];
	}

	/** Goes back (1) or forth (-1) in what was sent. */
	recall(by: 1 | -1): void {
		const history = this.#history();
		this.#back = Math.max(0, Math.min(history.length, this.#back + by));
		this.input.text = history[this.#back - 1] ?? '';
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

	/** This person's own commands, to be sent as if they were typed, and every known one, to be typed. */
	paletteItems(): PaletteItem[] {
		const context = this.#context;
		const own = context.session.modem ? context.commands : [];
		return [...own.map((command) => this.#ownItem(command)), ...this.#knownItems()];
	}

	#ownItem({ name, line }: OwnCommand): PaletteItem {
		const asks = questionsOf(line).length > 0 ? 'asks first  ' : '';
		return {
			name: `${name}: ${line}`,
			note: `${asks}yours`,
			words: ['own', 'mine'],
			run: () => {
				this.#context.show('at');
				askAndSend(this.#context, line, () => {});
			},
		};
	}

	#knownItems(): PaletteItem[] {
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
