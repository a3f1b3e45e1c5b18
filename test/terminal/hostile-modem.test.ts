import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../source/clock.ts';
import type { AtBehaviour } from '../../source/simulator/at/behaviour.ts';
import { createFolderBackend } from '../../source/simulator/backend/folder.ts';
import { signRehearsal } from '../../source/simulator/backend/rehearsal.ts';
import { findScenario } from '../../source/simulator/modem/scenarios.ts';
import { VirtualModem } from '../../source/simulator/modem/virtual-modem.ts';
import { open, quit } from './open.ts';

/** A modem of this test, for programs of their own to look at. */
async function plugIn(atBehaviour: AtBehaviour): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'ms-hostile-'));
	const speed = 4;
	const scenario = { ...findScenario('healthy'), atBehaviour };
	const backend = createFolderBackend(folder);
	const modem = new VirtualModem({ scenario, clock: createClock(speed), backend });
	await modem.start();
	await signRehearsal(folder, { pid: process.pid, scenario: 'healthy', speed, image: '' });
	onTestFinished(async () => {
		await modem.stop();
		rmSync(folder, { recursive: true });
	});
	return folder;
}

it('shows what a hostile modem says, and lets none of it drive the terminal', async () => {
	const folder = await plugIn({ hostile: true });
	const screen = open(['--rehearsal', folder, '--view', 'at'], [140, 45]);
	await screen.shows(/press i to type/);
	await screen.shows(/application runs/);
	screen.type('iATI\r');
	await screen.shows(/Model: RC7620\.\]0;owned\.\.\[2J/);
	expect(screen.raw).not.toMatch(/\u001b\]0;owned|\u0007|\u009b/);
	screen.type('\u001b');
	await screen.quiet(0.5);
	await quit(screen);
});

it('says what answers instead of AT, and goes on', async () => {
	const folder = await plugIn({ instead: 'zeros' });
	const screen = open(['--rehearsal', folder, '--view', 'at'], [100, 30]);
	await screen.shows(/application runs/);
	screen.type('iATI\r');
	await screen.shows(/zero bytes only \(what answers is not the application/);
	screen.type('ATI\r');
	await screen.shows(/zero bytes only[\s\S]*zero bytes only/);
	screen.type('\u001b');
	await screen.quiet(0.5);
	await quit(screen);
});
