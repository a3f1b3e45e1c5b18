import { readFile, stat } from 'node:fs/promises';
import { type ArmedAction, commandAction, scriptAction } from '../../at/armed/actions.ts';
import { Armed } from '../../at/armed/armed.ts';
import { linesOf, readScript } from '../../at/armed/script.ts';
import { watchAtNodes } from '../../at/armed/window.ts';
import { AtHistory } from '../../at/history.ts';
import { checkLine } from '../../at/line.ts';
import { findAtPort, warmUp, withAtChannel } from '../../at/port.ts';
import { readState, sendWithSnapshot } from '../../at/read-state.ts';
import { isMasked } from '../../at/secrets.ts';
import { enterCnd, wantsEnterCnd } from '../../at/unlock.ts';
import type { Emit, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { exitCode, Problem } from '../../problem.ts';
import { atHistoryFile } from '../../recording/file/places.ts';
import type { Armable, AtSent } from '../session.ts';

/** What one console says to the AT port of the modem that it looks at, now or in its next window. */
export class AtController {
	readonly #host: Host;
	readonly #emit: Emit;
	readonly #changed: () => void;
	readonly #history = new AtHistory(atHistoryFile());
	#password: string | undefined;
	#armed: Armed | undefined;
	#stopNodes: () => void = () => {};

	constructor(host: Host, emit: Emit, changed: () => void) {
		this.#host = host;
		this.#emit = emit;
		this.#changed = changed;
	}

	get history(): readonly string[] {
		return this.#history.lines;
	}
	get armed(): string | undefined {
		return this.#armed?.command;
	}

	/** Sends one line, with the password where it is known and wanted. */
	async send(line: string, device: UsbDevice | undefined): Promise<AtSent> {
		checkLine(line);
		if (isMasked(line)) {
			throw new Problem(exitCode.usage, 'This line has a masked password in it.', {
				modem: 'Nothing was sent.',
				next: 'type the password again.',
			});
		}
		this.#history.add(line);
		const port = await findAtPort(this.#host, device, this.#emit);
		const { answer } = await withAtChannel(this.#host, port, this.#emit, (channel) =>
			sendWithSnapshot(channel, line, this.#password),
		);
		if (!answer) {
			throw new Problem(exitCode.refusedBeforeWrite, 'The state of the modem could not be read.', {
				modem: `${line} was not sent.`,
				next: 'see whether ATI is answered, and send it again then.',
			});
		}
		return this.#wants(wantsEnterCnd(line, answer));
	}

	/** Reads everything that tells the modem's state. */
	async read(device: UsbDevice | undefined): Promise<AtSent> {
		const port = await findAtPort(this.#host, device, this.#emit);
		const answers = await withAtChannel(this.#host, port, this.#emit, (channel) =>
			readState(channel, this.#password),
		);
		return this.#wants(answers.some(({ command, answer }) => wantsEnterCnd(command, answer)));
	}

	/** Keeps it for the time of this console, in memory only. */
	givePassword(password: string): void {
		enterCnd(password);
		this.#password = password;
	}

	/** A password that did not open is forgotten. */
	#wants(password: boolean): AtSent {
		if (password) this.#password = undefined;
		return { wantsPassword: password };
	}

	/** What a person typed to be armed: a command, several between `|`, or the path of a script. */
	async armable(typed: string): Promise<{ fire: ArmedAction } & Pick<Armable, 'name' | 'lines'>> {
		const isFile = (await stat(typed).catch(() => undefined))?.isFile() ?? false;
		if (isFile || typed.includes('|')) {
			const text = isFile ? await readFile(typed, 'utf8') : typed.replaceAll('|', '\n');
			const steps = readScript(text);
			const fire = scriptAction(typed, steps, this.#host);
			return { fire, name: fire.name, lines: linesOf(steps) };
		}
		checkLine(typed);
		const fire = commandAction(typed, this.#host, this.#password);
		return { fire, name: fire.name, lines: [typed] };
	}

	/** `worked` is called when it has. */
	arm(path: string, fire: ArmedAction, device: UsbDevice | undefined, worked?: () => void): void {
		this.disarm();
		void warmUp(this.#host);
		const armed = new Armed(this.#host, path, fire, this.#emit, (why) => {
			this.#stopNodes();
			this.#armed = undefined;
			this.#changed();
			if (why !== 'cancelled') worked?.();
		});
		this.#armed = armed;
		this.#stopNodes = watchAtNodes(this.#host, path, (begun) => armed.opens(begun));
		if (device) armed.offer(device);
	}

	offer(device: UsbDevice): void {
		this.#armed?.offer(device);
	}

	disarm(): void {
		this.#armed?.cancel();
	}
}
