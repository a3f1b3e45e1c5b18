/**
 * AT commands and their answers, as terminals show them: with an echo or without, behind `Send:` and
 * `Recieve:`, arrows, minicom's banner, `echo … > /dev/ttyUSB2`, ModemManager --debug, `mmcli --command`,
 * pppd's chat. An answer whose command is not shown is known by its labels.
 */
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';
import type { Moment } from '../time/clock.ts';
import { leadingStamp, stampOf } from '../time/stamps.ts';

const command =
	/^at(?:$|[&\\][a-z]\d*|[+!#$^*%@_-][a-z]|(?:[dehilmoqstvxz]\d*)(?:$|[;&+!#$^*%a-z\d])|\?$).*$/i;
const final =
	/^(?:OK|ERROR|\+CM[ES] ERROR: ?.*|COMMAND NOT SUPPORT|NO CARRIER|NO ANSWER|NO DIALTONE|BUSY|CONNECT(?: \d.*)?)$/;
/** What a terminal or a program writes before what was sent, and before what came. */
const sent =
	/^(?:(?:send|sent|sending|tx|write|command|cmd|host|out|>>?|-->|→|=>)(?: ?\(\w+\))? ?[:>]?|<?\[?(?:tx|send)\]?:?>?) *['"‘“]?(at.*?)['"’”]?$/i;
const received =
	/^(?:(?:recieved?|received?|recv|rx|read|response|reply|modem|in|answer)(?: ?\(\w+\))? ?[:<]|<--|<<?|←|<=) ?(.*)$/i;
const modemManager = /\[?\(?(?:modem\d+\/)?(tty\w+)(?:\/at)?[\])]:? (-->|<--) '(.*)'$/;
const chat = /^(?:.*\bchat\[\d+\]: )?send \((at.*)\)$/i;
/** In quotes of either kind or in none; a line end is written out. */
const echoed =
	/^(?:\S+ )?echo +(?:-\w+ +){0,3}\$?(?:'(at[^']*)'|"(at[^"]*)"|(at[^\s'"<>|]*)) *>{1,2} *(\/dev\/\S+)/i;
/** A command in the line of some program that sends it: gsmctl -A, sms_tool, atinout, socat. */
const typedCommand = /['"](at[+!#$^*&][^'"]*|ati\d*|at)['"]|\b(AT[+!#$^*][A-Z]+[?=\w,.]*)/;
const mmcliCommand = /\bmmcli\b.*--command[= ]['"]?(at[^'"]*|[+!#$^*][^'"]*)['"]?/i;
const mmcliResponse = /^response: ['‘"](.*?)(['’"])?$/;
const terminal =
	/^(?:Welcome to minicom|OPTIONS: |Compiled on |Port \/dev\/|Press CTRL-A Z|picocom v|port is +:|flowcontrol +:|baudrate (?:is|are) +:|parity (?:is|are) +:|databits (?:is|are) +:|stopbits (?:is|are) +:|escape is +:|Type \[C-a\]|Terminal ready|Connected\.$|Escape character is|Connected to |Trying [\d.]+)/;
/** gammu --debug textall numbers the lines of an exchange. */
const gammu = /^\d{1,3} "(.+)"$/;
const portName = /\/dev\/(?:tty\w+|cdc-wdm\d+|ttyUSB\d+)/;
/** Answers that no other text has, and what asked for them. */
const answers: readonly (readonly [RegExp, string])[] = [
	[/^!GSTATUS: ?$/i, 'AT!GSTATUS?'],
	[/^LPM (?:voters|force flags) ?-/i, 'AT!PCINFO?'],
	[/^State: ?(?:Online|Low ?Power ?Mode|Offline)/i, 'AT!PCINFO?'],
	[/^!?IMPREF: ?$|^preferred fw version:/i, 'AT!IMPREF?'],
	[/^TYPE +SLOT +STATUS +LRU/i, 'AT!IMAGE?'],
	[/^PRI Part Number:/i, 'AT!PRIID?'],
	[/^!BCFWUPDATESTATUS:/i, 'AT!BCFWUPDATESTATUS?'],
	[/^Manufacturer: .{3,60}$/, 'ATI'],
	[/^!?EROPTION: ?/i, 'AT!EROPTION?'],
	[/^HOST USB COMPOSITION|^Config Index: \d/i, 'AT!USBCOMP?'],
	[/^\+CFUN: \d/, 'AT+CFUN?'],
	[/^\+CPIN: [A-Z ]/, 'AT+CPIN?'],
];
/** A line of qmi-firmware-update, whatever was asked before it. */
const stamped = /^\[\d{1,2} \S+ \d{4}, \d\d:\d\d:\d\d\] \[/;
/** What a modem says unasked (3GPP TS 27.007, and the makers’ own). */
const unasked =
	/^(?:\+(?:CREG|CGREG|CEREG|CIEV|CMTI|CUSD|CGEV|QIND|SIM|KSUP|PBREADY|QUSIM): ?\S|\^(?:SIMST|SRVST|MODE|BOOT|RSSI|HCSQ): ?\S|\*PSUTTZ: |RDY$|SMS (?:DONE|READY)$|Call Ready$|PB DONE$|RING$)/;
/** Answers longer than this have lost their end, lines. */
const longestAnswer = 200;
const noPort = 'a port that is not named';

type Exchange = {
	command: string;
	port: string;
	line: Line;
	from: Moment;
	to: Moment;
	lines: string[];
	/** All lines of the text that were taken for it. */
	taken: Line[];
	/** A program was told to send it: what it prints is the answer, with a result or without. */
	isTyped?: true;
};

export const atTranscript: Importer = {
	reads: 'AT commands with their answers',
	begin: (paste) => new Reading(paste),
};

class Reading implements LineReader {
	readonly #paste: Paste;
	readonly #clock;
	#open: Exchange | undefined;
	#port = noPort;
	/** The answer of mmcli ends with a quote. */
	#isQuoted = false;

	constructor(paste: Paste) {
		this.#paste = paste;
		this.#clock = paste.clock();
	}

	command(typed: string, line: Line): void {
		this.#close('');
		const [, single, double, bare, to] = echoed.exec(typed) ?? [];
		const text = (single ?? double ?? bare)?.replace(/(?:\\r|\\n|\^M)+$/, '');
		const asked =
			text ?? mmcliCommand.exec(typed)?.[1] ?? typedCommand.exec(typed)?.slice(1).find(Boolean);
		this.#port = to ?? portName.exec(typed)?.[0] ?? this.#port;
		if (!asked) return;
		this.#ask(asked.trim().replace(/^(?!at)/i, 'AT'), this.#port, line);
		if (this.#open) this.#open.isTyped = true;
	}

	take(line: Line): boolean {
		const [debugged] = line.text.split(/(?:-->|<--) '/, 1);
		const leads = leadingStamp(line.text);
		const stamp = debugged === line.text ? leads.stamp : stampOf(debugged!);
		if (stamp) this.#clock.at(stamp);
		const text = gammu.exec(leads.rest)?.[1] ?? leads.rest;
		return this.#traffic(text, line) || this.#said(text, line);
	}

	end(): void {
		this.#close('');
	}

	get isWaiting(): boolean {
		return this.#open !== undefined;
	}

	#traffic(text: string, line: Line): boolean {
		const [, node, arrow, data = ''] = modemManager.exec(text) ?? [];
		if (node !== undefined) {
			const port = `/dev/${node}`;
			const lines = data.split(/<CR>|<LF>|\\r|\\n/).filter((part) => part !== '');
			for (const part of lines) {
				if (arrow === '-->') this.#ask(part, port, line);
				else if (!this.#answer(part, line)) this.#paste.note(line, this.#now, part);
			}
			return true;
		}
		const asked = (sent.exec(text) ?? chat.exec(text))?.[1];
		if (asked !== undefined && command.test(asked)) {
			this.#ask(asked, this.#port, line);
			return true;
		}
		const answer = received.exec(text)?.[1];
		if (answer !== undefined && (this.#open || command.test(answer) || final.test(answer))) {
			this.#answer(answer.trim(), line);
			return true;
		}
		return false;
	}

	#said(text: string, line: Line): boolean {
		if (stamped.test(line.text)) return false;
		if (command.test(text)) {
			// A terminal that echoes shows what was sent twice.
			if (!this.#isEcho(text)) this.#ask(text, this.#port, line);
			return true;
		}
		const [, response, ended] = mmcliResponse.exec(text) ?? [];
		if (response !== undefined && this.#open) {
			this.#isQuoted = ended === undefined;
			if (response !== '') this.#open.lines.push(response);
			if (ended !== undefined) this.#close('OK');
			return true;
		}
		if (terminal.test(text)) {
			this.#port = portName.exec(text)?.[0] ?? this.#port;
			this.#paste.note(line, this.#now);
			return true;
		}
		return this.#answer(text, line);
	}

	#isEcho(text: string): boolean {
		const open = this.#open;
		return open !== undefined && open.lines.length === 0 && same(open.command, text);
	}

	get #now(): Moment {
		return this.#clock.isSet ? this.#clock.now : this.#paste.untimed;
	}

	#ask(text: string, port: string, line: Line): void {
		if (this.#isEcho(text)) return;
		this.#close('');
		const now = this.#now;
		this.#open = { command: text, port, line, from: now, to: now, lines: [], taken: [line] };
	}

	#answer(text: string, line: Line): boolean {
		if (this.#isEcho(text) || text === '') return this.#open !== undefined;
		if (!this.#open && unasked.test(text)) {
			const fact = { type: 'at-unsolicited' as const, port: this.#port, line: text };
			this.#paste.say('at', fact, line, this.#now);
			return true;
		}
		if (!this.#open) {
			const asked = answers.find(([form]) => form.test(text))?.[1];
			if (asked === undefined) return false;
			this.#ask(asked, this.#port, line);
		}
		const open = this.#open!;
		open.to = this.#now;
		if (line !== open.line) open.taken.push(line);
		if (final.test(text)) {
			this.#close(text);
			return true;
		}
		if (this.#isQuoted && /['’"]$/.test(text)) {
			open.lines.push(text.slice(0, -1));
			this.#close('OK');
			return true;
		}
		open.lines.push(text);
		if (open.lines.length >= longestAnswer) this.#close('');
		return true;
	}

	/** @param result empty where the text does not show it */
	#close(result: string): void {
		const open = this.#open;
		this.#open = undefined;
		this.#isQuoted = false;
		if (!open) return;
		const { command: asked, port, line, from, to, lines } = open;
		// What never ends, and says nothing that a modem says, is some other text.
		const isSome =
			lines.some((text) => isAnswer(text, asked)) || (open.isTyped && lines.length > 0);
		if (result === '' && !isSome) {
			// The prompt of a command that was typed is a note already.
			for (const each of open.taken.slice(open.isTyped ? 1 : 0)) this.#paste.withdraw(each);
			return;
		}
		this.#paste.say('at', { type: 'at-sent', port, command: asked }, line, from);
		this.#paste.say(
			'at',
			{
				type: 'at-answered',
				port,
				command: asked,
				lines,
				result: result || 'its end is not shown',
				seconds: Math.max(0, to.t - from.t),
			},
			line,
			to,
		);
	}
}

/** `+CGMR: …`, `!GSTATUS:`, or a label that an answer of this kind begins with. */
function isAnswer(text: string, asked: string): boolean {
	const name = /^at([+!#$^*%][a-z]+)/i.exec(asked)?.[1];
	if (name !== undefined && text.toUpperCase().startsWith(`${name.toUpperCase()}:`)) return true;
	return answers.some(([form]) => form.test(text)) || /^(?:Revision|Model|IMEI): \S/.test(text);
}

const same = (one: string, other: string) =>
	one.replace(/\s+/g, '').toUpperCase() === other.replace(/\s+/g, '').toUpperCase();
