import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import { output, program, type Run } from './run.ts';

/** ModemManager, on the guest's bus until the test ends. */
export const startManager = (): Run => program('/usr/sbin/ModemManager', '--debug');

/** Tells ModemManager by udev to leave this maker's modems alone, until the test ends. */
export async function ignoredByManager(vid: string): Promise<void> {
	const rules = '/run/udev/rules.d';
	const file = `${rules}/79-modem.rules`;
	mkdirSync(rules, { recursive: true });
	writeFileSync(file, `ATTRS{idVendor}=="${vid}", ENV{ID_MM_DEVICE_IGNORE}="1"\n`);
	await output('udevadm', 'control', '--reload');
	onTestFinished(async () => {
		rmSync(file);
		execFileSync('udevadm', ['control', '--reload']);
	});
}

/** Waits until ModemManager offers a modem; throws what it said when it does not. */
export async function managedBy(manager: Run): Promise<void> {
	for (const end = Date.now() + 120_000; Date.now() < end; ) {
		const list = program('mmcli', '-L');
		await list.exit;
		if (/\/Modem\/\d/.test(list.said.join())) return;
	}
	throw new Error(`no modem for ModemManager:\n${manager.said.slice(-150).join('\n')}`);
}

/** What it said of ports from the first time that it was told to keep off until it was let go on. */
export async function saidWhileInhibited(manager: Run): Promise<string> {
	await manager.line(/inhibition teardown/);
	const said = manager.said.filter((line) => /inhibit|port grabbed/.test(line));
	const setup = said.findIndex((line) => /inhibition setup/.test(line));
	const teardown = said.findLastIndex((line) => /inhibition teardown/.test(line));
	expect(setup).toBeGreaterThanOrEqual(0);
	return said.slice(setup + 1, teardown).join('\n');
}
