import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exitCode, Problem } from '../../source/problem.ts';
import { PrefixKeys } from '../../source/session/raw/prefix-keys.ts';
import { RawTerminal } from '../../source/session/raw/raw-terminal.ts';

function open(send?: (bytes: Uint8Array) => Promise<void>, log?: string) {
	const folder = mkdtempSync(join(tmpdir(), 'raw-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const sent: string[] = [];
	let screen = '';
	let quits = 0;
	const terminal = new RawTerminal({
		send: send ?? (async (bytes) => void sent.push(Buffer.from(bytes).toString('latin1'))),
		sendBreak: async () => void sent.push('break'),
		show: (text) => {
			screen += text;
		},
		say: (sentence) => {
			screen += `-- ${sentence}\n`;
		},
		clear: () => {
			screen = '';
		},
		quit: () => {
			quits += 1;
		},
		time: () => '12:00:00.000',
		logName: () => log ?? join(folder, 'raw.log'),
	});
	return {
		folder,
		terminal,
		type: (keys: string) => terminal.typed(Buffer.from(keys, 'latin1')),
		sent,
		screen: () => screen,
		quits: () => quits,
	};
}

test('everything but Ctrl-T goes to the port, Ctrl-C and Esc too', async () => {
	const { type, sent, quits } = open();
	await type('AT\r\x03\x1b[A');
	await type('\x14');
	await type('b');
	await type('\x14\x14');
	expect(sent).toEqual(['AT\r\x03\x1b[A', 'break', '\x14']);
	await type('\x14q');
	expect(quits()).toBe(1);
});

test('what is sent keeps its order around a key of the terminal', () => {
	expect(new PrefixKeys().take(Buffer.from('A\x14hB\x14zC'))).toEqual([
		{ send: Buffer.from('A') },
		{ does: 'hex' },
		{ send: Buffer.from('B') },
		{ does: 'unknown' },
		{ send: Buffer.from('C') },
	]);
});

test('an echo of our own is shown only when it is asked for', async () => {
	const { type, screen } = open();
	await type('AT');
	expect(screen()).toBe('');
	await type('\x14e');
	await type('I\x1b');
	expect(screen()).toBe('-- What is typed is shown.\nI\\x1b');
});

test('a sentence of ours stands on a line of its own', async () => {
	const { terminal, type, screen } = open();
	terminal.came(Buffer.from('+CSQ: 2'));
	await type('\x14s');
	expect(screen()).toBe('+CSQ: 2\n-- Sent 0 bytes, received 7.\n');
});

test('a log has what was shown, and every byte of it', async () => {
	const { folder, terminal, type, screen } = open();
	await type('\x14f\x14t');
	terminal.came(Buffer.from('AT\b\x1b]0;x\x07\r\nOK'));
	await type('\x14f');
	expect(readFileSync(join(folder, 'raw.log'), 'latin1')).toBe(
		'[12:00:00.000] AT\\x08\\x1b]0;x\\x07\n[12:00:00.000] OK\n',
	);
	await type('\x14f');
	expect(screen()).toContain(`-- ${join(folder, 'raw.log')} is there already. Next: name another`);
});

test('the folder of a log is said, and why there is none', async () => {
	const name = `raw-${process.pid}.log`;
	const { type, screen } = open(undefined, name);
	onTestFinished(() => rmSync(name, { force: true }));
	await type('\x14f\x14f');
	expect(screen()).toContain(`-- The log goes to ${resolve(name)}.`);
	expect(screen()).toContain(`-- The log is in ${resolve(name)}.`);
	const none = open(undefined, '/proc/raw.log');
	await none.type('\x14f');
	expect(none.screen()).toContain(
		'-- The log /proc/raw.log cannot be written (ENOENT). Next: name a',
	);
});

test('a file is sent byte for byte; one that is not there is said', async () => {
	const { folder, type, sent, screen } = open();
	const path = join(folder, 'all.bin');
	writeFileSync(
		path,
		Uint8Array.from({ length: 256 }, (_, byte) => byte),
	);
	await type(`\x14x${path}Z\x7f\rAT\r`);
	const bytes = Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte));
	expect(sent).toEqual([bytes.toString('latin1'), 'AT\r']);
	expect(screen()).toContain('-- 256 of 256 bytes of all.bin were sent.');
	await type('\x14x/nowhere\r\x14xabc\x1b');
	expect(sent).toHaveLength(2);
	expect(screen()).toContain('-- There is no file /nowhere. Nothing was sent.');
});

test('what cannot be sent is said, and the terminal goes on', async () => {
	const { type, screen } = open(async () => {
		throw new Problem(exitCode.noDevice, 'The port is away: nothing was sent.');
	});
	await type('A');
	await type('B');
	expect(screen().match(/The port is away/g)).toHaveLength(2);
});
