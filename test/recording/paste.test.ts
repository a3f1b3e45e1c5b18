import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecording } from '../../source/commands/recording/read-recording.ts';
import type { Event } from '../../source/events.ts';
import { importers } from '../../source/recording/import/importers.ts';
import { readText } from '../../source/recording/import/read-text.ts';
import { textOf } from '../../source/recording/import/text/encoding.ts';
import { unwrapMail } from '../../source/recording/import/text/mail-wrap.ts';
import { undress } from '../../source/recording/import/text/undress.ts';
import { parseEvent } from '../../source/recording/log/record.ts';
import { Timeline } from '../../source/usb/timeline/timeline.ts';

const folders = ['field/', '../field/'].map((name) => new URL(name, import.meta.url).pathname);
/** Every pasted text that is kept here, by its file's name. */
const corpus = folders.flatMap((folder) =>
	readdirSync(folder).flatMap((name) => {
		const text = textOf(readFileSync(folder + name));
		return text === undefined ? [] : [{ name, text }];
	}),
);
const eventsOf = (text: string) => readText(text, 'a paste')?.recording.events ?? [];
const facts = (text: string) => eventsOf(text).filter(({ type }) => type !== 'note');
const linesOf = (text: string) => text.split(/\r?\n/);
const findings = (events: readonly Event[]) =>
	[...readRecording({ events })].flatMap((each) => each.findings);

const dressings: Readonly<Record<string, (line: string) => string>> = {
	'quoted in mail': (line) => `> ${line}`,
	'quoted twice': (line) => `> > ${line}`,
	indented: (line) => `    ${line}`,
	'behind a tab': (line) => `\t${line}`,
	coloured: (line) => `\u001b[32m${line}\u001b[0m`,
	'coloured, its escapes lost': (line) => `[1;32m${line}[0m`,
	'with a mail program’s blanks': (line) => line.replaceAll('  ', '\u00a0 '),
	'with CRLF': (line) => `${line}\r`,
	'with HTML’s signs': (line) =>
		line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
};

test.each(Object.entries(dressings))('%s, a text is read the same', (_, dress) => {
	for (const { name, text } of corpus) {
		const dressed = linesOf(text)
			.map((line) => (line === '' ? line : dress(line)))
			.join('\n');
		expect(facts(dressed), name).toEqual(facts(text));
	}
});

test('a fence around it, and UTF-16, change nothing', () => {
	for (const { name, text } of corpus) {
		const fenced = facts(`\`\`\`shell\n${text}\n\`\`\`\n`);
		const moved = fenced.map((event) => ({ ...event, lineNumber: event.lineNumber! - 1 }));
		expect(moved, name).toEqual(facts(text));
		for (const bytes of [
			Buffer.from(`\ufeff${text}`, 'utf16le'),
			Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
		]) {
			expect(textOf(bytes), name).toBe(text);
		}
	}
});

const ids = fc.constantFrom('1199 68c0', '1199 9071', '1199 9070', '2c7c 0125', '2cb7 0007');
const lives = fc.array(
	fc.record({ ids, up: fc.integer({ min: 1, max: 400 }), down: fc.integer({ min: 1, max: 400 }) }),
	{ minLength: 1, maxLength: 6 },
);
type Life = { ids: string; up: number; down: number };

/** What a kernel says of these lives, with the second of each line. */
function said(all: readonly Life[]): { at: number; text: string }[] {
	let at = 100;
	return all.flatMap(({ ids: id, up, down }, index) => {
		const [vid, pid] = id.split(' ');
		const from = at;
		at += up + down;
		return [
			{ at: from, text: `usb 1-1: new high-speed USB device number ${index + 5} using xhci_hcd` },
			{ at: from, text: `usb 1-1: New USB device found, idVendor=${vid}, idProduct=${pid}` },
			{ at: from, text: 'qcserial 1-1:1.0: Qualcomm USB modem converter detected' },
			{ at: from, text: 'qcserial 1-1:1.3: Qualcomm USB modem converter detected' },
			{ at: from + up, text: `usb 1-1: USB disconnect, device number ${index + 5}` },
		];
	});
}
const clock = (at: number) => new Date((1_709_802_902 + at) * 1000).toISOString();
const forms: Readonly<Record<string, (at: number) => string>> = {
	dmesg: (at) => `[${at.toFixed(6).padStart(12)}] `,
	kmsg: (at) => `6,1000,${at * 1e6},-;`,
	'dmesg -d': (at) => `[${at.toFixed(6)} <    0.000100>] `,
	'short-iso': (at) => `${clock(at).replace('.000Z', '+0000')} gw kernel: `,
	'short-full': (at) => `Thu ${clock(at).slice(0, 19).replace('T', ' ')} UTC gw kernel: `,
	'short-unix': (at) => `${1_709_802_902 + at}.000000 gw kernel: `,
	short: (at) => `Mar 07 ${clock(at).slice(11, 19)} gw kernel: `,
	'dmesg -T': (at) => `[Thu Mar  7 ${clock(at).slice(11, 19)} 2024] `,
	logread: (at) =>
		`Thu Mar  7 ${clock(at).slice(11, 19)} 2024 kern.info kernel: [${at.toFixed(6)}] `,
};
const printed = (all: readonly Life[], head: (at: number) => string) =>
	said(all).map(({ at, text }) => head(at) + text);
const lengths = (text: string) => {
	const timeline = new Timeline();
	for (const event of eventsOf(text)) timeline.add(event);
	return timeline.port('1-1', 1e6)?.spans.map(({ from, to }) => Math.round((to ?? from) - from));
};

test.each(Object.entries(forms))('%s: every life has its length', (_, head) => {
	fc.assert(
		fc.property(lives, (all) => {
			expect(lengths(printed(all, head).join('\n'))).toEqual(all.map(({ up }) => up));
		}),
		{ numRuns: 40 },
	);
});

test('a log whose times are removed yields no figure', () => {
	fc.assert(
		fc.property(lives, (all) => {
			const events = eventsOf(printed(all, () => '').join('\n'));
			const timeline = new Timeline();
			for (const event of events) timeline.add(event);
			expect(timeline.port('1-1', 0)?.loop).toBeUndefined();
			for (const { title, means } of findings(events)) {
				expect(`${title} ${means}`).not.toMatch(/\d s\b/);
			}
		}),
	);
});

test('a log of which some lines have lost their times yields no life that was not', () => {
	fc.assert(
		fc.property(lives, fc.infiniteStream(fc.boolean()), (all, lost) => {
			const lines = said(all).map(
				({ at, text }) => (lost.next().value ? '' : forms.dmesg!(at)) + text,
			);
			const timeline = new Timeline();
			for (const event of eventsOf(lines.join('\n'))) timeline.add(event);
			const timed = (timeline.port('1-1', 1e6)?.spans ?? []).filter(
				({ untimed, unseen, to }) => !untimed && !unseen && to !== undefined,
			);
			const ups = all.map(({ up }) => up);
			for (const { from, to } of timed) expect(ups).toContain(Math.round(to! - from));
		}),
	);
});

test('a clock that begins again flattens no life', () => {
	fc.assert(
		fc.property(lives, lives, (first, second) => {
			const boots = [first, second].map((all) => printed(all, forms.dmesg!));
			// The second boot's clock is behind the first one's end.
			const late = boots[0]!.map((line) =>
				line.replace(/\[ *(\d+)/, (_, at) => `[9${at.padStart(7, '0')}`),
			);
			expect(lengths([...late, ...boots[1]!].join('\n'))).toEqual(
				[...first, ...second].map(({ up }) => up),
			);
		}),
	);
});

test('two tools’ lines in any order give what both give', () => {
	const usb = (text: string) =>
		eventsOf(text)
			.flatMap((event) =>
				event.type === 'usb-came' || event.type === 'usb-went'
					? [JSON.stringify({ ...event, t: 0, lineNumber: 0 })]
					: [],
			)
			.sort();
	const lists = [
		'Bus 002 Device 004: ID 1199:90e2 Sierra Wireless, Incorporated EM92xx',
		'Bus 002 Device 001: ID 1d6b:0002 Linux Foundation 2.0 root hub',
		'Bus 003 Device 040: ID 2c7c:0125 Quectel Wireless Solutions Co., Ltd. EC25 LTE modem',
	];
	fc.assert(
		fc.property(lives, fc.infiniteStream(fc.boolean()), (all, which) => {
			const log = printed(all, forms.dmesg!);
			const rest = [[...log], [...lists]];
			const mixed: string[] = [];
			while (rest.some((lines) => lines.length > 0)) {
				const [from, other] = which.next().value ? rest : [...rest].reverse();
				mixed.push((from!.shift() ?? other!.shift())!);
			}
			const both = [...usb(log.join('\n')), ...usb(lists.join('\n'))].sort();
			expect(usb(mixed.join('\n'))).toEqual(both);
		}),
	);
});

test('no line is dropped: each is some reader’s, a prompt, or unknown and a note', () => {
	const shares = new Map<string, number>();
	let all = 0;
	for (const { name, text } of corpus) {
		const found = readText(text, name) ?? expect.unreachable(name);
		const lines = unwrapMail(undress(text));
		const taken = [...found.taken.values()].reduce((sum, count) => sum + count, 0);
		expect(taken + found.unknown + found.prompts, name).toBe(lines.length);
		for (const [reads, count] of found.taken) shares.set(reads, (shares.get(reads) ?? 0) + count);
		shares.set('unknown', (shares.get('unknown') ?? 0) + found.unknown);
		all += lines.length;
	}
	const percent = (count: number) => `${((count / all) * 100).toFixed(1).padStart(5)} %`;
	console.log([...shares].map(([reads, count]) => `${percent(count)} ${reads}`).join('\n'));
	expect(shares.get('unknown')! / all).toBeLessThan(0.01);
});

test('whatever is pasted is read or refused, never thrown at', () => {
	const pieces = corpus.flatMap(({ text }) => linesOf(text)).filter((line) => line.length < 400);
	const line = fc.oneof(
		fc.constantFrom(...pieces),
		fc.string({ unit: 'binary', maxLength: 80 }),
		fc.tuple(fc.constantFrom(...pieces), fc.nat(60)).map(([text, at]) => text.slice(at)),
	);
	fc.assert(
		fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
			for (const event of eventsOf(lines.join('\n'))) {
				expect(parseEvent(JSON.stringify(event))).toHaveProperty('value');
			}
		}),
		{ numRuns: 300 },
	);
});

test('prose about a tool is no output of it', () => {
	for (const { reads } of importers) {
		expect(readText(`I ran ${reads}, and it did not work.\nWhat now?\n`, 'a')).toBeUndefined();
	}
});
