import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { outputTo } from '../../source/commands/common/output.ts';
import { createRecord } from '../../source/flash/job/record.ts';
import { jsonText, sanitize } from '../../source/protocol/text/sanitize.ts';
import { asciicast } from '../../source/recording/export/asciicast.ts';
import { newFolder, run } from './program.ts';
import { ended, programOn, rehearse } from './rehearse.ts';

/** A title, a line of its own, an 8-bit CSI, and text that reads backwards. */
const evil = 'a\u001b]0;owned\u0007\nmodemscope: done\u009b2J\u202eb';
const folder = mkdtempSync(join(tmpdir(), 'ms-evil-'));
const file = join(folder, evil);
writeFileSync(file, 'neither hex nor firmware');

const harmless = (text: string) => text.split('\n').every((line) => sanitize(line) === line);

describe('what others named reaches no terminal as it is', () => {
	it.each([
		['a command', [evil]],
		['a flag', [`--${evil}`]],
		['a value', ['watch', '--for', evil]],
		['a view', ['--view', evil]],
		['a demo', ['--plain', '--demo', evil]],
		['a rehearsal', ['watch', '--list', '--rehearsal', evil]],
		['a protocol', ['flash', 'x', '--protocol', evil]],
		['a transport', ['flash', 'x', '--over', evil]],
		['a programmer', ['flash', 'x', '--programmer', file]],
		['firmware', ['inspect', file]],
		['firmware that is not there', ['inspect', `${file}x`]],
		['firmware, as JSON', ['inspect', '--json', file]],
		['firmware to flash', ['flash', file]],
		['a script', ['at', '--script', file]],
		['a script that is not there', ['at', '--script', `${file}x`]],
		['an AT line', ['at', evil]],
		['a port', ['at', '--port', file, 'ATI']],
		['a recording', ['replay', file]],
		['an export', ['export', file, '--to', evil, '-o', file]],
		['an import', ['import', file, '-o', file]],
		['bytes', ['decode', evil]],
		['a sender', ['decode', '00', '--from', evil]],
		['a scenario', ['simulate', evil, '--socket', folder]],
		['a folder', ['simulate', 'healthy', '--socket', join(file, 'x')]],
		['a device', ['doctor', '--device', evil]],
		['a model', ['inspect', file, '--model', evil]],
	])('%s', (_, args) => {
		const { out, err, exit } = run(...args);
		expect(exit).not.toBe(0);
		expect(out + err).not.toBe('');
		expect(harmless(out), out).toBe(true);
		expect(harmless(err), err).toBe(true);
		expect(err.split('\n')).not.toContain('modemscope: done');
	});
});

const expectHarmless = ({ out, err }: { out: string; err: string }) => {
	expect(harmless(out), out).toBe(true);
	expect(harmless(err), err).toBe(true);
};

it('what a device and the holder of its port call themselves reaches no terminal as it is', async () => {
	const { folder, image, run } = await rehearse('loader');
	writeFileSync(join(folder, 'sys/bus/usb/devices/3-1/product'), evil);
	const process = join(folder, 'proc/77');
	mkdirSync(join(process, 'fd'), { recursive: true });
	writeFileSync(join(process, 'comm'), evil);
	writeFileSync(join(process, 'cmdline'), `holds\0${evil}`);
	symlinkSync(realpathSync(join(folder, 'dev/ttyUSB0')), join(process, 'fd/3'));
	for (const [says, ...args] of [
		[/"product":"a\.\]0;owned/, 'watch', '--list', '--json'],
		[/a\.\]0;owned/, 'watch', '--list'],
		[/77: holds\s+a.{1,6}\]0;owned/, 'doctor', '--json'],
		[/77: holds\s+a.{1,6}\]0;owned/, 'doctor'],
		[/77: holds\s+a.{1,6}\]0;owned/, 'flash', image, '--dry-run', '--yes-flash', 'RC7620'],
	] as const) {
		const ended = await run(...args);
		expect(ended.out + ended.err, args.join(' ')).toMatch(says);
		expectHarmless(ended);
	}
});

it('what the record of a flash says reaches no terminal as it is', async () => {
	const { state, start } = programOn(newFolder());
	vi.stubEnv('XDG_STATE_HOME', state);
	const request = { file: evil, path: '3-1', model: evil, recording: evil, unrecorded: evil };
	await createRecord({
		...(request as Parameters<typeof createRecord>[0]),
		...{ pid: 1, startTime: '1', ended: { exit: 7, message: evil, modem: evil, next: evil } },
	});
	vi.unstubAllEnvs();
	for (const args of [['--status'], ['--continue', '--yes-flash', 'x'], ['--follow']]) {
		const end = await ended(start('flash', ...args));
		expect(end.out + end.err, args.join(' ')).not.toBe('');
		if (args[0] === '--status') expect(end.out).toContain('owned');
		expectHarmless(end);
	}
});

it('keeps our own colours, and nothing else, where a line is painted', () => {
	let written = '';
	const stream = new Writable({
		write: (chunk, _, done) => {
			written += chunk;
			done();
		},
	});
	outputTo(stream, stream).painted('\u001b[36mhello\u001b[0m \u001b[2J\u001b]0;x\u0007');
	expect(written).toBe('\u001b[36mhello\u001b[0m .[2J.]0;x.\n');
});

it('says in JSON what was said, without a sign that a terminal obeys', () => {
	const said = { text: evil, more: ['\u0085\u2028\ud800'] };
	expect(harmless(jsonText(said))).toBe(true);
	expect(JSON.parse(jsonText(said))).toEqual(said);
});

it('gives a film no title that drives a terminal', () => {
	const [header = ''] = asciicast({ columns: 80, rows: 24, title: evil, shots: [] });
	expect(JSON.parse(header).title).toBe(sanitize(evil));
});
