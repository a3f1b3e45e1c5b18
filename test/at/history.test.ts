import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AtHistory } from '../../source/at/history.ts';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'ms-history-')), 'state/at-history');

test('what was sent is there in the next run, newest first, each once', () => {
	const path = newPath();
	const first = new AtHistory(path);
	for (const line of ['ATI', 'AT!GSTATUS?', 'ATI', 'ATI']) first.add(line);
	expect(first.lines).toEqual(['ATI', 'AT!GSTATUS?']);
	expect(new AtHistory(path).lines).toEqual(['ATI', 'AT!GSTATUS?']);
	expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('no secret, IMEI or serial number is on disk', () => {
	const path = newPath();
	const history = new AtHistory(path);
	history.add('AT!ENTERCND="S3CRET";!IMPREF?');
	history.add('AT+CPIN="4711"');
	history.add('AT+EGMR=1,7,"359072061234567"');
	history.add('AT!FSN="FSN: UF1234567890"');
	const text = readFileSync(path, 'utf8');
	expect(text).not.toMatch(/S3CRET|4711|061234567|1234567890/);
	expect(text).toContain('AT!ENTERCND="******";!IMPREF?');
});

test('it stays bounded, and a file that holds something else is passed over', () => {
	const path = newPath();
	const history = new AtHistory(path);
	for (let n = 0; n < 3000; n++) history.add(`AT+X=${n}`);
	expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThan(1500);
	expect(history.lines[0]).toBe('AT+X=2999');
	writeFileSync(path, 'ATI\n\u001b[2Jevil\n\n');
	expect(new AtHistory(path).lines).toEqual(['ATI']);
	expect(new AtHistory('/dev/null/at-history').lines).toEqual([]);
	new AtHistory('/dev/null/at-history').add('ATI');
});
