import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordingIn } from '../../source/recording/file/reader.ts';
import { parseEvent, parseHeader } from '../../source/recording/log/record.ts';

type Schema = { readonly [key: string]: unknown };

const root = resolve(import.meta.dirname, '../..');
const { $defs } = JSON.parse(readFileSync(join(root, 'docs/recording.schema.json'), 'utf8'));
const lines = globSync('recordings/*.ndjson', { cwd: root }).flatMap((path) =>
	readFileSync(join(root, path), 'utf8').trim().split('\n'),
);

/** As much of JSON Schema as ours uses. */
function allows(schema: Schema, value: unknown): boolean {
	const each = (key: string) => (schema[key] ?? []) as Schema[];
	const known: Readonly<Record<string, () => boolean>> = {
		allOf: () => each('allOf').every((one) => allows(one, value)),
		oneOf: () => each('oneOf').filter((one) => allows(one, value)).length === 1,
		type: () => isOf(schema.type as string, value),
		const: () => value === schema.const,
		enum: () => (schema.enum as unknown[]).includes(value),
		items: () => (value as unknown[]).every((item) => allows(schema.items as Schema, item)),
		required: () =>
			(schema.required as string[]).every((name) => Object.hasOwn(value as object, name)),
		properties: () =>
			Object.entries(schema.properties as Record<string, Schema>).every(
				([name, one]) =>
					!Object.hasOwn(value as object, name) || allows(one, (value as Schema)[name]),
			),
		maxLength: () => (value as string).length <= (schema.maxLength as number),
		minimum: () => (value as number) >= (schema.minimum as number),
		maximum: () => (value as number) <= (schema.maximum as number),
		pattern: () => new RegExp(schema.pattern as string).test(value as string),
		format: () => /^\d{4}-\d\d-\d\dT/.test(value as string),
		default: () => true,
	};
	const type = schema.type === undefined || isOf(schema.type as string, value);
	return type && Object.keys(schema).every((key) => known[key]?.() ?? expect.fail(`no ${key}`));
}

const isOf = (type: string, value: unknown): boolean =>
	type === 'array'
		? Array.isArray(value)
		: type === 'integer'
			? Number.isInteger(value)
			: type === 'object'
				? typeof value === 'object' && value !== null && !Array.isArray(value)
				: typeof value === type;

describe('the JSON Schema of a recording', () => {
	it('allows every line of the recordings that ship', () => {
		for (const line of lines) {
			const value = JSON.parse(line);
			const kind = 'modemscope' in value ? 'header' : 'event';
			expect(allows($defs[kind], value), line.slice(0, 200)).toBe(true);
		}
	});

	it('allows and refuses what the reader does', () => {
		const events = lines.filter((line) => !line.startsWith('{"modemscope"'));
		const value = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.boolean(), fc.constant(null));
		fc.assert(
			fc.property(fc.constantFrom(...events), fc.nat(), fc.option(value), (line, at, put) => {
				const event = JSON.parse(line);
				const names = Object.keys(event);
				const name = names[at % names.length]!;
				if (put === null) delete event[name];
				else event[name] = put;
				const text = JSON.stringify(event);
				expect(allows($defs.event, JSON.parse(text)), text.slice(0, 200)).toBe(
					'value' in parseEvent(text),
				);
			}),
		);
		expect(allows($defs.header, { modemscope: 1, started: 'today', title: '', origin: '' })).toBe(
			'value' in parseHeader('{"modemscope":1,"started":"today","title":"","origin":""}'),
		);
	});
});

describe('an older reader', () => {
	const header = lines.find((line) => line.startsWith('{"modemscope"'))!;
	const mark = { t: 1, source: 'person', type: 'mark', text: 'here' };
	const read = (...events: object[]) =>
		recordingIn(
			'new.ndjson',
			Buffer.from([header, ...events.map((one) => JSON.stringify(one))].join('\n')),
		);

	it('leaves an event out that it does not know, names its line, and reads on', async () => {
		const { events, notes } = await read({ ...mark, type: 'thermal', degrees: 80 }, mark);
		expect(events).toEqual([mark]);
		expect(notes).toHaveLength(1);
		expect(notes[0]).toMatch(/^Line 2 is not an event and was skipped/);
	});

	it('reads an event without a field that it does not know', async () => {
		const { events, notes } = await read({ ...mark, colour: 'red' });
		expect(events).toEqual([mark]);
		expect(notes).toEqual([]);
	});

	it('leaves an event out with a value that it does not know', async () => {
		const { events, notes } = await read({ ...mark, source: 'satellite' }, mark);
		expect(events).toEqual([mark]);
		expect(notes[0]).toContain('source');
	});
});
