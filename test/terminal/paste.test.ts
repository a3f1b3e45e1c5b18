import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { open, quit } from './open.ts';

const loop = readFileSync(resolve('test/recording/field/08-journalctl-short-full.txt'), 'utf8');
/** Longer than the line of a terminal that edits lines. */
const longLine = `note ${'x'.repeat(6000)} device number 12\n`;

it('--paste opens what is pasted up to Ctrl-D, and the keys behind it work', async () => {
	const screen = open(['--paste'], [100, 30]);
	await screen.shows(/Paste the text here, then press Ctrl-D/);
	screen.type(`${longLine}${loop}`.replaceAll('\n', '\r'));
	await screen.shows(/USB disconnect, device number 11/);
	expect(screen.alternate).toBe(false);
	screen.type('\u0004');
	await screen.shows(/\[1 USB\][\s\S]*Boot loop: up 3\.0 s, down 11\.0 s/);
	screen.type('5\tg');
	await screen.shows(/\[5 R[\s\S]*x{20}/);
	// Another one over it, with the marks that a terminal puts around a paste.
	screen.type('\u001b[200~> AT!PRIID?\rRevision: 001.007\rOK\r\u001b[201~');
	await screen.shows(/\[2 AT\][\s\S]*Revision: 001\.007/);
	await quit(screen);
});

it('--paste refuses what it does not know in one sentence, and Ctrl-C leaves', async () => {
	const unknown = open(['--paste'], [100, 30]);
	await unknown.shows(/Paste the text here/);
	unknown.type('Dear all,\r\u0004');
	await unknown.ended();
	expect(unknown.exit).toBe(5);
	expect(unknown.text.replace(/\s+/g, ' ')).toContain('The pasted text is neither');
	const left = open(['--paste']);
	await left.shows(/Paste the text here/);
	left.type('ATI\u0003');
	await left.ended();
	expect(left.exit).toBe(130);
	expect(left.leftovers).toEqual([]);
});
