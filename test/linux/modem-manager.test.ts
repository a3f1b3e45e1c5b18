import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { managedBy, saidWhileInhibited, startManager } from './manager.ts';
import { meet, shortCommit, speed } from './modem.ts';
import { modemscope, succeeds } from './run.ts';

test('ModemManager manages the modem, keeps off it through a flash, and comes back', async () => {
	const spk = join(mkdtempSync(join(tmpdir(), 'manager-')), 'small.spk');
	await smallRehearsalImage(spk);
	const manager = startManager();
	const modem = await meet('healthy', { ...shortCommit, waitsForDownload: 240 }, speed);
	await managedBy(manager);
	await succeeds(modemscope('flash', spk, '--yes-flash', 'RC7620', '--settle', '5'));
	const meanwhile = await saidWhileInhibited(manager);
	expect(meanwhile).not.toMatch(/grabbed/);
	// The loader, and then the four ports of the application.
	expect(meanwhile.match(/added port ttyUSB0 while inhibited/g)).toHaveLength(2);
	expect(meanwhile).toMatch(/added port ttyUSB2 while inhibited/);
	expect(modem.release.firmware).toBe('00.08.24.02');
	// It asks the modem what it is, and would speak into our question.
	await manager.stop();
}, 400_000);
