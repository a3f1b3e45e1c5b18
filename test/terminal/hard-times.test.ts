import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { open } from './open.ts';

const recording = 'recordings/rc7620-missed-hello-2023-06-01.ndjson';

describe('the console in hard times', () => {
	it('says in a terminal of 20x6 what it needs, and goes on when it gets it', async () => {
		const screen = open(['--replay', recording], [20, 6]);
		await screen.shows(/60x16/);
		expect(screen.wraps).toBe(false);
		screen.resize(80, 24);
		await screen.shows(/\[1 USB\]/);
		screen.resize(20, 6);
		await screen.shows(/60x16/);
		screen.type('q');
		await screen.ended();
		expect(screen.exit).toBe(0);
	});

	it('says that a file cannot be opened before it touches the screen', async () => {
		const screen = open(
			['--replay', join(mkdtempSync(join(tmpdir(), 'ms-test-')), 'none')],
			[80, 24],
		);
		await screen.ended();
		expect(screen.exit).toBe(1);
		expect(screen.text).toMatch(/There is no file/);
		expect(screen.alternate).toBe(false);
	});

	it('opens without a modem, says so, and offers the demo with one key', async () => {
		const screen = open([], [80, 24]);
		await screen.shows(/no USB|No modem/i);
		screen.type('D');
		await screen.shows(/>boot-loop/);
		screen.type('\r');
		await screen.shows(/simulated ×4/, 20);
		await screen.shows(/3-1 RC7620/);
		screen.type('q');
		await screen.ended();
		expect(screen.exit).toBe(0);
	});

	it('shows the field log: its images, its HELLO and what it means', async () => {
		const screen = open(['--replay', 'test/field/rc7620-update-download-2023-06-01.log'], [80, 24]);
		await screen.shows(/speaks Sahara/);
		screen.type('3');
		await screen.shows(/29 images of RC76xx_Release9_GENERIC_GCF_7620\.spk/);
		await screen.shows(/0x0068064 +0x18f734c/);
		screen.type('4');
		await screen.shows(/HELLO mode 2 memory_debug/);
		await screen.shows(/\[01 00 00 00\]30 00 00 00/);
		screen.type(']]]]]');
		await screen.shows(/00 04 00 00\[02 00 00 00\]/);
		await screen.shows(/>mode +u32 LE +2 MEMORY_DEBUG/);
		screen.type('q');
		await screen.ended();
		expect(screen.exit).toBe(0);
	});

	it.each(['SIGTERM', 'SIGHUP'] as const)('leaves the terminal as it was on %s', async (signal) => {
		const screen = open(['--replay', recording], [80, 24]);
		await screen.shows(/\[1 USB\]/);
		screen.kill(signal);
		await screen.ended();
		expect(screen.alternate).toBe(false);
	});
});
