/** A recording as one page that needs no network: every frame, every byte, what it means. */
import { createHash } from 'node:crypto';
import type { Event, EventOf } from '../../../events.ts';
import type { Recording } from '../../log/record.ts';
import type { TrafficFrame } from '../../log/traffic.ts';
import { eventLines } from '../event-text.ts';
import type { ReadEvent } from '../text.ts';
import { DataRun } from './data-run.ts';
import { script, style } from './look.ts';
import { element, escaped } from './markup.ts';

/** Characters of events and frames: a browser opens a page of so many in about a second. */
const longestMain = 8_000_000;

/** The page in pieces, in order. */
export function* htmlPage(
	{ header, notes }: Pick<Recording, 'header' | 'notes'>,
	read: Iterable<ReadEvent>,
): Generator<string> {
	yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">`;
	// Only this page's own style and script count, whatever a modem managed to say.
	const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'`;
	yield `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
	yield `<meta name="viewport" content="width=device-width, initial-scale=1">`;
	yield `${element('title', {}, escaped(header.title))}<style>${style}</style></head><body>`;
	yield '<header>';
	yield element('h1', {}, escaped(header.title));
	yield element('p', {}, escaped(header.origin));
	for (const note of notes) yield element('p', { class: 'problem' }, escaped(note));
	yield '</header><main>';
	yield element(
		'p',
		{},
		'Open a frame. Click a byte to see its field, or a field to see its bytes.',
	);
	const findings: EventOf<'finding'>[] = [];
	const run = new DataRun();
	let [size, left] = [0, 0];
	for (const { event, frames, findings: found } of read) {
		findings.push(...found);
		const lines = event === undefined ? [] : eventLines(event);
		if (size > longestMain) {
			left += frames.length + (lines.length > 0 ? 1 : 0);
			continue;
		}
		for (const part of passage(run, event, lines, frames)) {
			size += part.length;
			yield part;
		}
	}
	yield* run.end();
	if (left > 0) {
		const says = `${left} rows more are left out: a browser does not bear them. They are all in --to text.`;
		yield element('p', { class: 'problem' }, escaped(says));
	}
	yield '</main><section class="meaning">';
	yield element('h2', {}, 'What it means');
	if (findings.length === 0) yield element('p', {}, 'No rule found anything in it.');
	for (const finding of findings) yield findingMarkup(finding);
	yield `</section><script>${script}</script></body></html>\n`;
}

function* passage(
	run: DataRun,
	event: Event | undefined,
	lines: readonly string[],
	frames: readonly TrafficFrame[],
): Generator<string> {
	if (event && lines.length > 0) {
		yield* run.end();
		yield eventMarkup(event, lines);
	}
	for (const frame of frames) yield* run.add(frame);
}

/** Lines of an event that are shown at once; of more, the first. */
const shortEvent = 3;

function eventMarkup({ t, type }: Event, lines: readonly string[]): string {
	const time = element('span', { class: 'time' }, t.toFixed(3));
	const [first = '', ...more] = lines.map(escaped);
	const kind = type === 'mark' ? 'event mark' : 'event';
	if (lines.length <= shortEvent)
		return `${element('div', { class: kind }, [`${time} ${first}`, ...more].join('<br>'))}\n`;
	const summary = element('summary', {}, `${time} ${first}`);
	return `${element('details', { class: kind }, summary + more.join('<br>'))}\n`;
}

function findingMarkup({ title, certainty, means, next }: EventOf<'finding'>): string {
	const steps = next.map((step) => element('li', {}, escaped(step))).join('');
	const head = element('h3', {}, escaped(`${title} (${certainty})`));
	return element(
		'div',
		{ class: 'finding' },
		head + element('p', {}, escaped(means)) + element('ol', {}, steps),
	);
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
