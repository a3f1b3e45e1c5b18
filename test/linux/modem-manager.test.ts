import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { plugIn, revision } from './modem.ts';
import { modemscope, program, type Run, succeeds } from './run.ts';

const startManager = (): Run => program('/usr/sbin/ModemManager', '--debug');

/** Waits until ModemManager offers the modem; throws what it said when it does not. */
async function managedBy(manager: Run): Promise<void> {
	for (const end = Date.now() + 120_000; Date.now() < end; ) {
		const list = program('mmcli', '-L');
		await list.exit;
		if (/RC7620/.test(list.said.join())) return;
	}
	throw new Error(`no modem for ModemManager:\n${manager.said.slice(-150).join('\n')}`);
}

test('ModemManager manages the modem, keeps off it through a flash, and comes back', async () => {
	const spk = join(mkdtempSync(join(tmpdir(), 'manager-')), 'small.spk');
	await smallRehearsalImage(spk);
	const manager = startManager();
	await plugIn('healthy', '--speed', '4');
	await managedBy(manager);
	await succeeds(modemscope('flash', spk, '--yes-flash', 'RC7620', '--settle', '5'));
	await manager.line(/inhibition teardown/);
	const said = manager.said.filter((line) => /inhibit|port grabbed/.test(line));
	const setup = said.findIndex((line) => /inhibition setup/.test(line));
	const teardown = said.findIndex((line) => /inhibition teardown/.test(line));
	expect(setup).toBeGreaterThan(0);
	const meanwhile = said.slice(setup + 1, teardown).join('\n');
	expect(meanwhile).not.toMatch(/grabbed/);
	// The loader, and then the four ports of the application.
	expect(meanwhile.match(/added port ttyUSB0 while inhibited/g)).toHaveLength(2);
	expect(meanwhile).toMatch(/added port ttyUSB2 while inhibited/);
	// It asks the modem what it is, and would speak into our question.
	await manager.stop();
	expect(await revision()).toMatch(/SWI9X07H_00\.08\.24\.02/);
}, 400_000);
