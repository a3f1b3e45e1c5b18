import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { outputTo } from '../../source/commands/common/output.ts';
import { jsonText, sanitize } from '../../source/protocol/text/sanitize.ts';
import { asciicast } from '../../source/recording/export/asciicast.ts';
import { run } from './program.ts';

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
