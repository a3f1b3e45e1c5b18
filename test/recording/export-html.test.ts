import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportRecording } from '../../source/commands/recording/export.ts';
import type { DecodedField } from '../../source/protocol/fields.ts';
import { composition } from '../../source/recording/export/html/frame-markup.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'ms-html-'));
const page = async (recording: string) => {
	const output = join(folder(), 'page.html');
	const quiet = { out: () => {}, write: async () => {} };
	await exportRecording(recording, { to: 'html', output, ...quiet });
	return output;
};

const field = (endian: DecodedField['endian'], type: DecodedField['type'], length: number) => ({
	...{ name: 'n', offset: 1, value: 0, shown: '', description: '' },
	...{ endian, type, length },
});

it.each([
	['little', 'u32', 4, '80 02 00 00, lowest byte first: 0x00000280'],
	['big', 'u16', 2, '80 02, highest byte first: 0x8002'],
	['little', 'u8', 1, '80: one byte'],
	['little', 'text', 4, ''],
] as const)('how a %s-endian %s is composed', (endian, type, length, said) => {
	const bytes = Uint8Array.of(0xff, 0x80, 0x02, 0, 0);
	expect(composition(bytes, field(endian, type, length))).toBe(said);
});

it('shows what a modem says as text, whatever it says', async () => {
	const path = join(folder(), 'hostile.ndjson');
	const hostile = '</pre><script>alert(1)</script><img src=x onerror=alert(1)>\u001b[2J';
	const header = {
		modemscope: 1,
		started: '2026-01-01T00:00:00.000Z',
		title: hostile,
		origin: hostile,
	};
	const events = [
		{ t: 0, source: 'log', type: 'note', text: hostile },
		{ t: 1, source: 'at', type: 'at-sent', port: hostile, command: hostile },
		{
			...{ t: 2, source: 'port', type: 'bytes', port: 'p', dir: 'in' },
			hex: Buffer.from(`\r\n${hostile}\r\n`).toString('hex'),
		},
	];
	writeFileSync(path, [header, ...events].map((line) => JSON.stringify(line)).join('\n'));
	const html = readFileSync(await page(path), 'utf8');
	expect(html.match(/<script/g)).toHaveLength(1);
	expect(html).not.toContain('<img');
	expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
});

const piece = (file: string, offset: number) => ({
	...{ t: 1, source: 'port', type: 'payload', port: 'p', file, offset, length: 100 },
	sha256: 'a'.repeat(64),
});
const heard = (text: string) => ({
	...{ t: 1, source: 'port', type: 'bytes', port: 'p', dir: 'in' },
	hex: Buffer.from(text).toString('hex'),
});

async function pageOf(events: readonly object[]): Promise<string> {
	const path = join(folder(), 'made.ndjson');
	const started = '2026-01-01T00:00:00.000Z';
	const header = { modemscope: 1, started, title: 'made', origin: 'a test', speed: 1 };
	writeFileSync(path, [header, ...events].map((line) => JSON.stringify(line)).join('\n'));
	return readFileSync(await page(path), 'utf8');
}

it('folds the pieces of a file into one row, with the answers between them, and bounds it', async () => {
	const ack = heard('<?xml version="1.0" ?><data><response value="ACK"/></data>');
	const pieces = Array.from({ length: 1200 }, (_, at) => [piece('a.spk', at * 100), ack]).flat();
	const html = await pageOf([...pieces, piece('b.spk', 0), ack]);
	expect(html).toContain('1200 pieces of a.spk: bytes 0 to 119 999');
	expect(html).toContain('… and 1399 frames more, as these.');
	expect(html.match(/class="run"/g)).toHaveLength(1);
	expect(html).toContain('bytes 0..99 of b.spk');
});

it('ends before a browser could not open it, and says how much is left out', async () => {
	const long = 'x'.repeat(4000);
	const notes = Array.from({ length: 3000 }, () => ({
		t: 1,
		source: 'log',
		type: 'note',
		text: long,
	}));
	const html = await pageOf([...notes, { t: 2, source: 'person', type: 'mark', text: 'the end' }]);
	expect(html.length).toBeLessThan(9_000_000);
	const [, left] = /(\d+) rows more are left out/.exec(html)!;
	expect(Number(left)).toBeGreaterThan(900);
	expect(html).toContain('What it means');
});

const hasBrowser = spawnSync('chromium', ['--version']).status === 0;

/** A page in a real browser, headless, spoken to over its debugging protocol. */
async function browse(path: string) {
	const profile = folder();
	const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
	const browser = spawn('chromium', [
		...[
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			...quiet,
		],
		...['--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
	]);
	onTestFinished(() => void browser.kill());
	const port = await new Promise<string>((resolve) => {
		let told = '';
		browser.stderr.on('data', (chunk) => {
			told += chunk;
			const found = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(told);
			if (found) resolve(found[1]!);
		});
	});
	const [tab] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
		webSocketDebuggerUrl: string;
	}[];
	const socket = new WebSocket(tab!.webSocketDebuggerUrl);
	await new Promise((resolve) => socket.addEventListener('open', resolve));
	const problems: string[] = [];
	const waiting = new Map<number, (result: unknown) => void>();
	let loaded = () => {};
	socket.addEventListener('message', ({ data }) => {
		const { id, method, params, result } = JSON.parse(String(data));
		if (id !== undefined) waiting.get(id)?.(result);
		if (method === 'Page.loadEventFired') loaded();
		if (method === 'Runtime.exceptionThrown' || method === 'Log.entryAdded')
			problems.push(JSON.stringify(params));
	});
	let last = 0;
	const call = (method: string, params = {}) =>
		new Promise<{ result: { value: unknown } }>((resolve) => {
			waiting.set(++last, (result) => resolve(result as { result: { value: unknown } }));
			socket.send(JSON.stringify({ id: last, method, params }));
		});
	for (const domain of ['Page', 'Runtime', 'Log']) await call(`${domain}.enable`);
	const there = new Promise<void>((resolve) => {
		loaded = resolve;
	});
	await call('Page.navigate', { url: `file://${path}` });
	await there;
	return {
		problems,
		run: async (expression: string) =>
			(await call('Runtime.evaluate', { expression, returnByValue: true })).result.value,
	};
}

describe.runIf(hasBrowser)('in a real browser', () => {
	it('a whole flash: no script errors, and a click on a byte lights its field', async () => {
		const { problems, run } = await browse(await page('recordings/sahara-firehose.ndjson'));
		expect(await run("document.querySelectorAll('.frame').length")).toBeGreaterThan(20);
		await run("document.querySelector('.frame.in').open = true");
		await run('document.querySelector(\'.frame.in i[data-f="2"]\').click()');
		expect(await run("document.querySelectorAll('tr.lit').length")).toBe(1);
		expect(await run("document.querySelector('tr.lit th').textContent")).toBe('version');
		expect(await run("document.querySelectorAll('i.lit').length")).toBe(4);
		expect(await run("document.querySelector('.finding h3').textContent")).toContain(
			'modem is back',
		);
		expect(problems).toEqual([]);
	});

	it('is no wider than a phone', async () => {
		const { run } = await browse(await page('recordings/missed-hello.ndjson'));
		await run("document.body.style.width = '360px'");
		await run("for (const part of document.querySelectorAll('details')) part.open = true");
		const line = "document.querySelector('.event').textContent = '/a'.repeat(200)";
		await run(line);
		expect(await run('document.body.scrollWidth - document.body.offsetWidth')).toBe(0);
		const wide =
			"[...document.querySelectorAll('main > *')].filter((part) => part.offsetWidth > 360)";
		expect(await run("document.querySelectorAll('main > *').length")).toBeGreaterThan(20);
		expect(await run(`${wide}.length`)).toBe(0);
	});
});
