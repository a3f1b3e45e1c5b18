/**
 * Firehose: XML both ways, and raw sectors while `rawmode` is on. Source: libqmi qfu-firehose-message.c, linux-msm/qdl firehose.c.
 */
import { SaxesParser } from 'saxes';
import { type Answer, answers, verbs } from './elements.ts';

export type FirehoseElement = { name: string; attributes: Readonly<Record<string, string>> };

const opening = '<?xml';
const closing = '</data>';

/** How the message of an XML document reads in one line, and what it is for. */
export function explainFirehose(elements: readonly FirehoseElement[]): {
	name: string;
	description: string;
} {
	const main = mainElement(elements);
	if (!main) return { name: 'empty', description: 'An XML document without an element.' };
	if (main.name === 'response') return explainResponse(main.attributes, elements);
	if (main.name === 'log') {
		return {
			name: `log "${main.attributes.value ?? ''}"`,
			description: 'The modem narrates what it does. Nothing to answer.',
		};
	}
	const known = verbs.get(main.name.toLowerCase());
	return known
		? { name: known.name, description: known.description }
		: { name: `<${main.name}>`, description: 'A verb that is not known here.' };
}

/** The element that a document is sent for; log lines only come along. */
export const mainElement = (elements: readonly FirehoseElement[]): FirehoseElement | undefined =>
	elements.find(({ name }) => name !== 'log') ?? elements[0];

function explainResponse(
	attributes: FirehoseElement['attributes'],
	elements: readonly FirehoseElement[],
): { name: string; description: string } {
	const log = elements.find(({ name }) => name === 'log')?.attributes.value ?? '';
	const { name, description } = answers.find((answer) => fits(answer, attributes, log))!;
	const filled = (text: string) =>
		text
			.replace(/\{(\w+)\}/g, (_, key) => (key === 'log' ? log : (attributes[key] ?? '')))
			.trimEnd();
	return { name: filled(name), description: filled(description) };
}

const fits = (answer: Answer, attributes: FirehoseElement['attributes'], log: string) =>
	log.includes(answer.log ?? '') &&
	Object.entries(answer.has).every(([key, value]) =>
		value === undefined ? attributes[key] : attributes[key] === value,
	);

/** An XML document as libqmi writes it, with one element in <data>. */
export function firehoseDocument(
	name: string,
	attributes: Readonly<Record<string, string | number>>,
): Buffer {
	const pairs = Object.entries(attributes).map(
		([key, value]) => ` ${key}="${escapeXml(String(value))}"`,
	);
	return Buffer.from(
		`<?xml version="1.0" encoding="UTF-8" ?>\n<data>\n<${name}${pairs.join('')} />\n</data>\n\n`,
	);
}

const escapeXml = (value: string) => value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** True when bytes may be the start of a Firehose document. */
export function startsLikeFirehose(bytes: Uint8Array): boolean {
	const length = Math.min(bytes.length, opening.length);
	for (let at = 0; at < length; at++) {
		if (bytes[at] !== opening.charCodeAt(at)) return false;
	}
	return length > 0;
}

/** Where the document at the start of `bytes` ends, or undefined while it is incomplete. */
export function firehoseLength(bytes: Uint8Array): number | undefined {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const end = view.indexOf(closing);
	return end < 0 ? undefined : end + closing.length;
}

/** The elements inside <data>; `problem` says why the XML could not be read to its end. */
export function parseFirehose(document: Uint8Array): {
	elements: FirehoseElement[];
	problem?: string;
} {
	const elements: FirehoseElement[] = [];
	let problem: string | undefined;
	const parser = new SaxesParser();
	parser.on('opentag', ({ name, attributes }) => {
		if (name !== 'data') elements.push({ name, attributes });
	});
	parser.on('error', (error) => {
		problem ??= error.message;
	});
	parser.write(Buffer.from(document).toString('utf8')).close();
	return problem === undefined ? { elements } : { elements, problem };
}
