import { readFile, stat } from 'node:fs/promises';
import { type ArmedAction, commandAction, scriptAction } from '../../at/armed/actions.ts';
import { Armed } from '../../at/armed/armed.ts';
import { linesOf, readScript, runScript } from '../../at/armed/script.ts';
import { watchAtNodes } from '../../at/armed/window.ts';
import { attemptsLeft } from '../../at/attempts.ts';
import { changesKept } from '../../at/catalogue.ts';
import type { AtChannel } from '../../at/channel.ts';
import { requireConsent } from '../../at/consent.ts';
import { AtHistory } from '../../at/history.ts';
import { findAtPort, warmUp, withAtChannel } from '../../at/port.ts';
import { hasReadState, readState, sendWithSnapshot } from '../../at/read-state.ts';
import { explained, isOk } from '../../at/results.ts';
import { isMasked } from '../../at/secrets.ts';
import { enterCnd, wantsEnterCnd } from '../../at/unlock.ts';
import type { UsbDevice } from '../../events.ts';
import { exitCode, Problem } from '../../problem.ts';
import { atHistoryFile } from '../../recording/file/places.ts';
import type { Armable, AtControl, AtSent } from '../session.ts';
import type { ControlContext } from './control-context.ts';

/** What one console says to the AT port of the modem that it looks at, now or in its next window. */
export class AtController implements AtControl {
	readonly #context: ControlContext;
	readonly #history = new AtHistory(atHistoryFile());
	#password: string | undefined;
	#armed: Armed | undefined;
	/** Was armed before any modem was seen: it is for the first that comes. */
	#early: { readonly action: ArmedAction; readonly worked: (() => void) | undefined } | undefined;
	#stopNodes: () => void = () => {};

	constructor(context: ControlContext) {
		this.#context = context;
	}

	get history(): readonly string[] {
		return this.#history.lines;
	}
	get armed(): string | undefined {
		return this.#armed?.command ?? this.#early?.action.name;
	}

	/** Sends one line, with the password where it is known and wanted. */
	async send(line: string, agreed: readonly string[]): Promise<AtSent> {
		this.#take([line], agreed);
		const { answer } = await this.#talk((channel) =>
			sendWithSnapshot(channel, line, this.#password),
		);
		if (!answer) throw notRead(line);
		return this.#without(wantsEnterCnd(line, answer) ? [line] : []);
	}

	async runScript(text: string, agreed: readonly string[]): Promise<void> {
		const { clock } = this.#context.host;
		const steps = readScript(text);
		const lines = linesOf(steps);
		this.#take(lines, agreed);
		const result = await this.#talk(async (channel) => {
			const isRead = !lines.some(changesKept) || (await hasReadState(channel, this.#password));
			return isRead ? runScript(channel, steps, clock) : undefined;
		});
		if (result === undefined) throw notRead('The script');
		if (!isOk(result)) {
			throw new Problem(exitCode.failed, `The script ended early: ${explained(result)}.`, {
				modem: 'The lines before that were sent.',
				next: 'look in the AT view which line it was.',
			});
		}
	}

	/** Refuses lines that were not agreed to, and keeps the others in the history. */
	#take(lines: readonly string[], agreed: readonly string[]): void {
		requireConsent(lines, agreed);
		if (lines.some(isMasked)) {
			throw new Problem(exitCode.usage, 'There is a masked password in it.', {
				modem: 'Nothing was sent.',
				next: 'type the password again.',
			});
		}
		for (const line of lines) this.#history.add(line);
	}

	async #talk<T>(talk: (channel: AtChannel) => Promise<T>): Promise<T> {
		const { host, modem, models, emit } = this.#context;
		if (models.flash.running) {
			throw new Problem(exitCode.usage, 'A flash runs: nothing else is sent to the modem.', {
				next: 'send it when the flash has ended.',
			});
		}
		const port = await findAtPort(host, modem.device, emit);
		return withAtChannel(host, port, emit, talk);
	}

	attemptsLeft(): Promise<string> {
		return this.#talk(attemptsLeft);
	}

	async readState(): Promise<AtSent> {
		const answers = await this.#talk((channel) => readState(channel, this.#password));
		return this.#without(
			answers
				.filter(({ command, answer }) => wantsEnterCnd(command, answer))
				.map(({ command }) => command),
		);
	}

	/** Keeps it for the time of this console, in memory only. */
	givePassword(password: string): void {
		enterCnd(password);
		this.#password = password;
	}

	/** A password that did not open is forgotten. */
	#without(locked: readonly string[]): AtSent {
		if (locked.length > 0) this.#password = undefined;
		return { locked };
	}

	async armable(typed: string): Promise<Armable> {
		const isFile = (await stat(typed).catch(() => undefined))?.isFile() ?? false;
		if (isFile || typed.includes('|')) {
			const text = isFile ? await readFile(typed, 'utf8') : typed.replaceAll('|', '\n');
			const steps = readScript(text);
			return this.#armable(scriptAction(typed, steps, this.#context.host), linesOf(steps));
		}
		return this.#armable(commandAction(typed, this.#context.host, this.#password), [typed]);
	}
	#armable(action: ArmedAction, lines: readonly string[]): Armable {
		const arm = (agreed: readonly string[]) => {
			requireConsent(lines, agreed);
			this.arm(action);
		};
		return { name: action.name, lines, arm };
	}

	/** `worked` is called when it has. */
	arm(action: ArmedAction, worked?: () => void): void {
		const { host, modem, models, emit, changed } = this.#context;
		const { path, device } = modem;
		if (models.flash.running) {
			throw new Problem(exitCode.usage, 'A flash runs: nothing is armed while it does.', {
				next: 'arm the command when the flash has ended.',
			});
		}
		this.disarm();
		void warmUp(host);
		if (path === undefined) {
			this.#early = { action, worked };
			changed();
			return;
		}
		const armed = new Armed(host, path, action, emit, (why) => {
			this.#stopNodes();
			this.#armed = undefined;
			changed();
			if (why !== 'cancelled') worked?.();
		});
		this.#armed = armed;
		this.#stopNodes = watchAtNodes(host, path, (begun) => armed.opens(begun));
		if (device) armed.offer(device);
		changed();
	}

	/** Tells what is armed of a device that came or changed. */
	offer(device: UsbDevice, t: number): void {
		const early = this.#early;
		if (early && this.#context.modem.path === device.path) this.arm(early.action, early.worked);
		this.#armed?.offer(device, t);
	}

	disarm(): void {
		this.#early = undefined;
		this.#armed?.cancel();
	}
}

const notRead = (what: string) =>
	new Problem(exitCode.refusedBeforeWrite, 'The state of the modem could not be read.', {
		modem: `${what} was not sent.`,
		next: 'see whether ATI is answered, and send it again then.',
	});
