/**
 * What tells one modem, one SIM card or one person from all others, and a mask for it. The same value
 * has the same mask everywhere, so that a reader still sees that two lines speak of one modem.
 */
import { namesIn } from './user-at-host.ts';

/** An identifier's name and what stands between it and its value. */
const labelled =
	/\b(?:(?:serial(?:[ _]?(?:number|no))?|s\/?n|fsn|esn|meid|imei|imsi|iccid|msisdn|eid|mac(?:[ _]?address)?)["']?[ \t]*(?:[:=#]+|is\b)[ \t]*["']?)([\da-z]{8,32})\b/gi;
/** IMEI and IMSI have 15 digits, IMEISV 16, ICCID 18 to 20, EID 32 (3GPP TS 23.003, ITU-T E.118). */
const longNumber = /(?<![\da-z])(\d{15,20}|\d{32})(?![\da-z])/gi;
/** A phone number as AT tells it: in quotes, with its plus (3GPP TS 27.007, 7.1). */
const phoneNumber = /(?<=")(\+\d{7,15})(?=")/g;
/** The same without its plus, where the answer says that it is one. */
const nationalNumber =
	/\+(?:CNUM|CLIP|CSCA|CMT|CMGR|CMGL|CCWA|COLP|CLCC|CPBR): ?[^"\r\n]{0,12}(?:"[^"\r\n]{0,40}",){0,2}"(\d{6,15})(?=")/g;
/** An ICCID as AT+CRSM reads it from the card, its last digit beside a filler. */
const filledNumber = /(?<![\da-z])(98\d{16}f\d)(?![\da-z])/gi;
const macAddress = /(?<![\da-f:])((?:[\da-f]{2}[:-]){5}[\da-f]{2})(?![\da-f:])/gi;
/** A network interface that is named after its MAC address (systemd.net-naming-scheme). */
const macInName = /\b((?:enx|wlx|wwx)[\da-f]{12})\b/gi;
/** The computer that a line of syslog is of (RFC 3164; the same with a time of ISO 8601). */
const loggingHost =
	/^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.,]{8,15}(?:Z|[+-]\d\d:?\d\d)) ([A-Za-z][\w.-]{2,62})(?= [\w.-]{1,30}(?:\[\d{1,8}\])?:)/gm;
/** A person's folder. */
const userFolder = /(?<=\/(?:home|Users)\/)([\w.-]+)/g;
/** Whom a call is from or to (RFC 3966, RFC 3261, 19.1.1). */
const callUri = /\b(?:tel|sips?):(\+?\d{6,15})(?!\d)/gi;

const kinds = [
	...[labelled, longNumber, filledNumber, phoneNumber, nationalNumber],
	...[callUri, macAddress, macInName, userFolder, loggingHost],
];
/** Nothing is hidden in a value that is all of one sign, as of a part without a number. */
const isBlank = (value: string) => /^(.)\1*$/.test(value.replace(/[:+@.-]/g, ''));

const escaped = (value: string) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export class Identifiers {
	readonly #masks = new Map<string, string>();
	#pattern: RegExp | undefined;

	/** Every value met so far. */
	get values(): readonly string[] {
		return [...this.#masks.keys()];
	}

	/** Remembers a value that nothing in a text gives away: a serial number, the name of a host. */
	add(value: string): void {
		this.#maskOf(value);
	}

	/**
	 * Remembers the identifiers in a text. Where it was cut out of a longer one, what touches that edge
	 * may be a half and does not count.
	 */
	learn(text: string, cut: { readonly before?: boolean; readonly behind?: boolean } = {}): void {
		for (const kind of kinds) {
			for (const match of text.matchAll(kind)) {
				const end = match.index + match[0].length;
				if (cut.before && match.index === 0) continue;
				if (cut.behind && end === text.length) continue;
				const value = match[1]!;
				if (!isBlank(value)) this.#maskOf(value);
			}
		}
		for (const name of namesIn(text, cut)) this.#maskOf(name);
	}

	/** The text, as long, with every identifier that is in it or was met before masked. */
	mask(text: string): string {
		this.learn(text);
		this.#pattern ??= this.#makePattern();
		return this.#masks.size === 0
			? text
			: text.replace(this.#pattern, (value) => this.#masks.get(value)!);
	}

	/** As long as the value, told apart by a number: `*************#1`. */
	#maskOf(value: string): string {
		const known = this.#masks.get(value);
		if (known) return known;
		const number = `#${this.#masks.size + 1}`;
		const mask = number.padStart(value.length, '*').slice(-value.length);
		this.#masks.set(value, mask);
		this.#pattern = undefined;
		return mask;
	}

	/** A longer value may hold a shorter one; a name is no part of a longer word. */
	#makePattern(): RegExp {
		const values = this.values.toSorted((a, b) => b.length - a.length).map(escaped);
		return new RegExp(`(?<![\\da-zA-Z])(?:${values.join('|')})(?![\\da-zA-Z])`, 'g');
	}
}
