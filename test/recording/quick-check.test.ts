import { globSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { eventSchema } from '../../source/events.ts';
import { quickCheckOf } from '../../source/recording/log/quick-check.ts';
import { parseEvent } from '../../source/recording/log/record.ts';
import { mutateText } from '../attack/mutate.ts';
import { Chance } from '../protocol/fuzz.ts';

const lines = globSync('recordings/*.ndjson').flatMap((path) =>
	readFileSync(path, 'utf8').trim().split('\n').slice(1),
);
const isEvent = quickCheckOf(eventSchema);

test('no event that the program wrote needs the slow way', () => {
	expect(lines.length).toBeGreaterThan(500);
	for (const line of lines) {
		const json: unknown = JSON.parse(line);
		expect(isEvent(json), line).toBe(true);
		expect(parseEvent(line)).toEqual({ value: v.parse(eventSchema, json) });
	}
});

test('nothing passes that the schema refuses, or takes keys from', () => {
	let passed = 0;
	for (let seed = 0; seed < 5000; seed++) {
		const line = mutateText(new Chance(seed), lines).split('\n')[0]!;
		let json: unknown;
		try {
			json = JSON.parse(line);
		} catch {
			continue;
		}
		if (!isEvent(json)) continue;
		passed++;
		expect(v.parse(eventSchema, json), line).toEqual(json);
	}
	expect(passed).toBeGreaterThan(100);
});

test.each([
	'{"t":0,"source":"log","type":"note","text":"a","more":1}',
	'{"t":0,"source":"log","type":"note","text":1}',
	'{"t":0,"source":"log","type":"note"}',
	'{"t":1e300,"source":"log","type":"note","text":"a"}',
	'{"t":0,"source":"nobody","type":"note","text":"a"}',
	'{"t":0,"source":"log","type":"note","text":"a","__proto__":{}}',
	'{"t":0,"source":"log","type":"__proto__","text":"a"}',
	'{"t":0,"source":"port","type":"bytes","port":"a","dir":"in","hex":"0"}',
	'{"t":0,"source":"log","type":"note","text":"a","untimed":null}',
	'[]',
	'null',
	'1',
])('%s takes the slow way', (line) => {
	expect(isEvent(JSON.parse(line))).toBe(false);
});
