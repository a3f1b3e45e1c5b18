import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { recordLine } from '../../source/recording/log/record.ts';
import { newFolder } from '../flash/rehearse.ts';
import { header } from '../recording/field.ts';
import { FakeSession } from './fake-session.ts';
import { createTestConsole, settled } from './test-console.tsx';

const xml = (
	t: number,
	dir: 'in' | 'out',
	name: string,
	attributes: Record<string, string>,
): Event => ({
	...{ t, source: 'port', type: 'bytes', port: '/dev/ttyUSB0', dir },
	hex: firehoseDocument(name, attributes).toString('hex'),
});

function recording(folder: string, name: string, payload: string, slowBy: number): string {
	const path = join(folder, name);
	const events = [
		xml(1, 'out', 'nop', {}),
		xml(1.1 + slowBy, 'in', 'response', { value: 'ACK' }),
		xml(2 + slowBy, 'out', 'configure', {
			MemoryName: 'NAND',
			MaxPayloadSizeToTargetInBytes: payload,
		}),
		xml(2.1 + slowBy, 'in', 'response', { value: 'ACK' }),
	];
	writeFileSync(path, [header, ...events].map(recordLine).join(''));
	return path;
}

async function compared(size: readonly [number, number], paths?: readonly [string, string]) {
	const folder = newFolder();
	const session = new FakeSession();
	const [good, bad] = paths ?? [
		recording(folder, 'good.ndjson', '8192', 0),
		recording(folder, 'bad.ndjson', '4096', 7),
	];
	session.files = [
		{ path: good, name: 'good.ndjson' },
		{ path: bad, name: 'bad.ndjson' },
	].map((file) => ({ ...file, size: 100, from: 'yours', changed: new Date(0) }));
	const console = createTestConsole({ session, view: 'recordings', size });
	console.context.show('recordings');
	await settled();
	console.rows();
	await console.press('C');
	expect(console.text()).toContain('.ndjson is the good one');
	await console.press('down', 'C');
	for (let turn = 0; turn < 500 && !console.text().includes('Compare'); turn++) await settled();
	return console;
}

it.each([
	[80, 24],
	[60, 16],
	[140, 45],
] as const)(
	'shows two recordings side by side, at the first difference, at %i x %i',
	async (...size) => {
		const { text, rows } = await compared(size);
		expect(text()).toContain('Compare');
		expect(text()).toMatch(/good good\.ndjson\s+bad bad\.ndjson/);
		expect(text()).toContain('Step 3 is the first that differs');
		expect(text()).not.toContain('The list ends');
		expect(rows().filter((row) => row.includes('≠'))).toHaveLength(1);
		// The sign stands in the middle of each row.
		const signs = rows().flatMap((row) =>
			/ {2}[=≠…] {2}/.test(row) ? [row.search(/ {2}[=≠…] {2}/)] : [],
		);
		expect(new Set(signs).size).toBe(1);
		expect(rows().filter((row) => / {2}= {2}/.test(row)).length).toBeGreaterThan(0);
		expect(rows()).toHaveLength(size[1]);
	},
);

it('says that steps far behind the first difference are not listed', async () => {
	const paths = ['recordings/emergency-loader.ndjson', 'recordings/spoiled-loader.ndjson'] as const;
	const { text } = await compared([80, 24], paths);
	expect(text()).toMatch(/of \d+ and \d+\..* The list ends at 20\./);
});

it('goes to the slow step with N, and says how slow', async () => {
	const { press, text } = await compared([80, 24]);
	expect(text()).toContain('step 3 of 4');
	await press('N');
	expect(text()).toContain('step 2 of 4');
	expect(text()).toMatch(/0\.1 s, now 7\.1 s/);
	await press('n');
	expect(text()).toContain('step 3 of 4');
});

it('opens both frames field by field with Enter, and closes with Esc', async () => {
	const { press, text, context } = await compared([80, 24]);
	await press('enter');
	expect(text()).toMatch(/MemoryName\s+NAND\s+=\s+NAND/);
	expect(text()).toMatch(/MaxPayloadSizeToTarget.*8192\s+≠\s+4096/);
	await press('esc');
	expect(text()).not.toContain('MemoryName');
	await press('esc');
	expect(context.overlay).toBeUndefined();
});

it.each([
	[80, 24],
	[60, 16],
	[140, 45],
] as const)(
	'the signs of fields stand under those of steps, and no value is cut, at %i x %i',
	async (...size) => {
		const folder = newFolder();
		const [good, bad] = ['8192', '4096'].map((payload) =>
			recording(folder, `${payload}.ndjson`, `${payload} bytes at most, and no more`, 0),
		);
		const { press, rows, text } = await compared(size, [good!, bad!]);
		await press('enter');
		const signs = rows().flatMap((row) => {
			const at = row.search(/ {2}[=≠…] {2}/);
			return at < 0 ? [] : [at];
		});
		expect(signs.length).toBeGreaterThan(4);
		expect(new Set(signs).size).toBe(1);
		// What is below the smallest screen is not seen.
		if (size[1] > 16) expect(text().match(/\bmore\b/g)).toHaveLength(2);
	},
);

it('shows in the smallest screen what differs, and how it is left', async () => {
	const paths = ['recordings/spoiled-loader.ndjson', 'recordings/sahara-firehose.ndjson'] as const;
	const { press, text } = await compared([60, 16], paths);
	await press('enter');
	expect(text()).toMatch(/mode +2 MEMORY_DEBUG +≠ +3 COMMAND/);
	expect(text()).toContain('Esc back');
	expect(text()).toMatch(/Step 3 is the first that differs, of \d+ and \d+\. +│/);
});

it('compares nothing when C is pressed twice on one recording', async () => {
	const session = new FakeSession();
	session.files = [
		{ path: '/x/a.ndjson', name: 'a.ndjson', size: 1, from: 'yours', changed: new Date(0) },
	];
	const { press, text, context } = createTestConsole({ session, view: 'recordings' });
	context.show('recordings');
	await settled();
	await press('C', 'C');
	expect(text()).toContain('Nothing is compared.');
});
