/** A raw port over the whole screen: a plain terminal, whose bytes are made safe before they are shown. */
import { Box } from 'ink';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { rawWord } from '../../../session/raw/raw-place.ts';
import { clockNow, logName, RawTerminal } from '../../../session/raw/raw-terminal.ts';
import type { OpenRawPort } from '../../../session/session.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { ChoiceDialog } from '../../components/dialogs/ChoiceDialog.tsx';
import type { Overlay } from '../../components/dialogs/overlay.ts';
import { onlyWord, TypedDialog } from '../../components/dialogs/TypedDialog.tsx';
import { Lines } from '../../components/Lines.tsx';
import { Pane } from '../../components/Pane.tsx';
import { fitLeft, type Size } from '../../text/lines.ts';

const placeWidth = 10;

/** Asks which port, says what it means, and opens it when the word is typed. */
export function askRaw(context: ViewContext): void {
	const raw = context.session.modem?.raw;
	if (!raw) return;
	const choices = raw.ports().map(({ place, says }) => ({
		label: `${fitLeft(place, placeWidth)} ${sanitize(says)}`,
		says: '',
		run: () =>
			void context.attempt(async () => {
				const meaning = await raw.meaning(place);
				const options = {
					title: `Open ${place} raw?`,
					says: [...meaning, `Type ${rawWord} to open it.`],
					prompt: 'Word:',
					refuse: onlyWord(rawWord),
					run: () => void context.attempt(() => openRaw(context, place)),
				};
				context.openOverlay((close) => new TypedDialog(options, close));
			}),
	}));
	const says = 'A plain terminal: bytes as they are, without a protocol.';
	context.openOverlay((close) => new ChoiceDialog('Which port?', says, choices, close));
}

async function openRaw(context: ViewContext, place: string): Promise<void> {
	const raw = context.session.modem?.raw;
	if (!raw) return;
	const screen = new RawScreen();
	const port: OpenRawPort = await raw.open(place, {
		came: (bytes) => terminal.came(bytes),
		says: (sentence) => terminal.say(sentence),
	});
	let shut: () => void = () => {};
	const terminal = new RawTerminal({
		send: (bytes) => port.write(bytes),
		sendBreak: () => port.sendBreak(),
		show: (text) => screen.show(text),
		say: (sentence) => screen.show(`* ${sentence}\n`),
		clear: () => screen.clear(),
		quit: () => {
			terminal.end();
			shut();
			void context.attempt(() => port.close());
		},
		time: clockNow,
		logName,
	});
	if (port.node !== undefined) terminal.say(`${port.node} is open.`);
	context.openOverlay((close) => {
		shut = close;
		return new RawOverlay(place, screen, terminal);
	});
}

/** Rows that are kept. */
const held = 2000;

/** What a terminal would show of a text that has line ends and backspaces in it. */
export class RawScreen {
	#rows: string[] = [''];

	show(text: string): void {
		for (const sign of text) {
			if (sign === '\n') this.#rows.push('');
			else if (sign === '\b') this.#rows.push(this.#rows.pop()!.slice(0, -1));
			else this.#rows.push(this.#rows.pop()! + sign);
		}
		if (this.#rows.length > held * 1.1) this.#rows = this.#rows.slice(-held);
	}

	clear(): void {
		this.#rows = [''];
	}

	/** The last rows, broken where they are wider than the screen. */
	last({ width, height }: Size): string[] {
		return this.#rows
			.slice(-height)
			.flatMap((row) => row.match(new RegExp(`.{1,${width}}`, 'g')) ?? [''])
			.slice(-height);
	}
}

const bytesOf: Readonly<Record<string, string>> = {
	enter: '\r',
	tab: '\t',
	space: ' ',
	esc: '\u001b',
	backspace: '\u007f',
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
};

/** What a key sends; undefined for one that has no byte. */
export function keyBytes(key: string): Buffer | undefined {
	const known = bytesOf[key];
	if (known !== undefined) return Buffer.from(known, 'latin1');
	const [, control] = /^ctrl-([a-z])$/.exec(key) ?? [];
	if (control) return Buffer.from([control.charCodeAt(0) & 0x1f]);
	return [...key].length === 1 ? Buffer.from(key) : undefined;
}

class RawOverlay implements Overlay {
	readonly #title: string;
	readonly #screen: RawScreen;
	readonly #terminal: RawTerminal;

	constructor(title: string, screen: RawScreen, terminal: RawTerminal) {
		this.#title = title;
		this.#screen = screen;
		this.#terminal = terminal;
	}

	key(key: string): void {
		const bytes = keyBytes(key);
		if (bytes) void this.#terminal.typed(bytes);
	}

	paste(text: string): void {
		void this.#terminal.typed(Buffer.from(text.replace(/\r?\n/g, '\r')));
	}

	render(screen: Size) {
		const size = { width: screen.width - 4, height: screen.height - 3 };
		const lines = this.#screen.last(size).map((row) => fitLeft(row, size.width));
		return (
			<Box position="absolute" top={0} left={0}>
				<Pane size={screen} title={`${this.#title} raw`} boxed focused>
					<Box height={size.height} flexShrink={0}>
						<Lines lines={lines} size={size} />
					</Box>
					<Lines
						lines={['Ctrl-T q closes it, Ctrl-T ? lists the keys']}
						size={{ width: size.width, height: 1 }}
					/>
				</Pane>
			</Box>
		);
	}
}
