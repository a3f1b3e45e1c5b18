/** A recording as one page that needs no network: every frame, every byte, what it means. */
import { createHash } from 'node:crypto';
import type { Event, EventOf } from '../../../events.ts';
import type { Recording } from '../../log/record.ts';
import { eventLines } from '../event-text.ts';
import type { ReadEvent } from '../text.ts';
import { frameMarkup } from './frame-markup.ts';
import { script, style } from './look.ts';
import { element, escaped } from './markup.ts';

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
	for (const one of read) {
		findings.push(...one.findings);
		yield* passage(one);
	}
	yield '</main><section class="meaning">';
	yield element('h2', {}, 'What it means');
	if (findings.length === 0) yield element('p', {}, 'No rule found anything in it.');
	for (const finding of findings) yield findingMarkup(finding);
	yield `</section><script>${script}</script></body></html>\n`;
}

function* passage({ event, frames }: ReadEvent): Generator<string> {
	const lines = event === undefined ? [] : eventLines(event);
	if (event && lines.length > 0) yield eventMarkup(event, lines);
	for (const frame of frames) yield `${frameMarkup(frame)}\n`;
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
