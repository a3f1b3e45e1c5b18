/**
 * Kernel lines in the forms that journalctl and dmesg print for programs: -o json (one object a line,
 * or pretty, or as server-sent events), verbose, export; dmesg --json. The message and its time stand
 * in fields of their own.
 */
import type { Line } from '../line.ts';
import { type Stamp, stampOf } from '../time/stamps.ts';

export type Unwrapped = { readonly message: string; readonly stamp: Stamp | undefined };

const assignment = /^(_{0,2}[A-Z][A-Z0-9_]{1,40})=(.*)$/;
const prettyField = /^"(\w{1,64})" *: *(?:"((?:[^"\\]|\\.)*)"|(-?[\d.]+)|null),?$/;
const header = /^\S{2,12} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \S+ \[s=[0-9a-f]+;/;
/** /dev/kmsg says of which device a line is. */
const kmsgDevice = /^(?:SUBSYSTEM|DEVICE)=\S+$/;

export class JournalForms {
	/** Fields of the entry that is being told. */
	#fields = new Map<string, string>();
	#stamp: Stamp | undefined;
	#isJournal = false;
	#isPretty = false;

	/** A message; `part` of one; undefined for a line in none of these forms. */
	take({ text }: Line): Unwrapped | 'part' | undefined {
		const bare = text.replace(/^data: ?/, '');
		if (/^\{.*"(?:MESSAGE|msg)"/.test(bare)) return this.#object(bare);
		if (header.test(text)) {
			this.#begin();
			this.#isJournal = true;
			this.#stamp = stampOf(text);
			return 'part';
		}
		return this.#assigned(text) ?? this.#pretty(text);
	}

	#begin(): void {
		this.#fields = new Map();
		this.#stamp = undefined;
	}

	#object(text: string): Unwrapped | undefined {
		try {
			const fields: unknown = JSON.parse(text.replace(/,$/, ''));
			if (typeof fields !== 'object' || fields === null) return undefined;
			return unwrap(new Map(Object.entries(fields).map(([name, value]) => [name, String(value)])));
		} catch {
			return undefined;
		}
	}

	#assigned(text: string): Unwrapped | 'part' | undefined {
		const [, name, value = ''] = assignment.exec(text) ?? [];
		if (name === undefined) return undefined;
		if (name === '__CURSOR') {
			this.#begin();
			this.#isJournal = true;
		}
		if (!this.#isJournal) return kmsgDevice.test(text) ? 'part' : undefined;
		this.#fields.set(name, value);
		if (name !== 'MESSAGE') return 'part';
		return { message: value, stamp: this.#stamp ?? stampIn(this.#fields) };
	}

	#pretty(text: string): Unwrapped | 'part' | undefined {
		if (/^(?:\{|\}, ?\{|\},?\{)$/.test(text)) {
			const whole = this.#isPretty ? unwrap(this.#fields) : undefined;
			this.#begin();
			this.#isPretty = true;
			return whole ?? 'part';
		}
		if (!this.#isPretty) return undefined;
		if (/^[}\]],?$/.test(text)) {
			const whole = unwrap(this.#fields);
			this.#begin();
			return whole ?? 'part';
		}
		if (/^"dmesg" *: *\[$/.test(text)) return 'part';
		const [, name, string, number] = prettyField.exec(text) ?? [];
		if (name === undefined) return undefined;
		this.#fields.set(name, number ?? unescaped(string ?? ''));
		return 'part';
	}
}

function unescaped(string: string): string {
	try {
		return String(JSON.parse(`"${string}"`));
	} catch {
		return string;
	}
}

function unwrap(fields: ReadonlyMap<string, string>): Unwrapped | undefined {
	const message = fields.get('MESSAGE') ?? fields.get('msg');
	return message === undefined ? undefined : { message, stamp: stampIn(fields) };
}

function stampIn(fields: ReadonlyMap<string, string>): Stamp | undefined {
	const micros = fields.get('__REALTIME_TIMESTAMP') ?? fields.get('_SOURCE_REALTIME_TIMESTAMP');
	const date = micros === undefined ? undefined : Number(micros) / 1e6;
	const monotonic =
		fields.get('_SOURCE_MONOTONIC_TIMESTAMP') ?? fields.get('__MONOTONIC_TIMESTAMP');
	const since = monotonic === undefined ? fields.get('time') : String(Number(monotonic) / 1e6);
	if (since !== undefined && Number.isFinite(Number(since))) {
		return { kind: 'boot', seconds: Number(since), ...(date === undefined ? {} : { date }) };
	}
	return date === undefined || !Number.isFinite(date)
		? undefined
		: { kind: 'dated', seconds: date, date };
}
