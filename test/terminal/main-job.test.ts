import { describe, expect, it } from 'vitest';
import { open, quit } from './open.ts';

/** A loop in a little over a second, a flash in ten. */
const speed = '--speed=12';

describe.each([
	[80, 24],
	[140, 45],
])('the main job, with the keyboard alone, at %i x %i', (columns, rows) => {
	it('goes from a boot loop to a modem that stays up', async () => {
		const screen = open(['--demo', speed], [columns, rows]);
		await screen.shows(/BOOT LOOP/);
		await screen.shows(/loop: up 2\.\d s/);
		await screen.shows(/Boot loop: up \d\.\d s/);

		screen.type('h');
		await screen.shows(/Arm a command/);
		screen.type('\r');
		await screen.shows(/boot loader holding/);
		await screen.shows(/AT!BOOTHOLD worked/);
		screen.type('2');
		await screen.shows(/disarmed AT!BOOTHOLD: the boot loader is holding/);

		screen.type('3');
		await screen.shows(/RC76xx_rehearsal/);
		screen.type('\r');
		await screen.shows(/every check passed/);
		expect(screen.text).toMatch(/0x0068064 +MODM/);

		screen.type('F');
		await screen.shows(/✓ the boot loader holds at 3-1/);
		screen.type('s');
		await screen.shows(/Type RC7620 to start/);
		screen.type('RC7611\r');
		await screen.shows(/not RC7620/);
		expect(screen.text).not.toMatch(/FLASHING/);
		screen.type('\u001b');
		await screen.until(() => !/Type RC7620 to start/.test(screen.text), 5, 'the dialog to close');
		screen.type('s');
		await screen.shows(/Type RC7620 to start/);
		screen.type('RC7620\r');
		await screen.shows(/FLASHING +\d+ %/);
		await screen.shows(/-> 65536 +data +bytes/);
		await screen.shows(/COMMITTING/, 30);
		await screen.shows(/Silence\s+is\s+normal\s+here/);
		await screen.shows(/CHECKING|application runs/);
		await screen.shows(/Done: the modem runs 00\.08\.24\.02 and stayed up for 60 s/, 30);
		expect(screen.wraps).toBe(false);

		screen.type('5');
		await screen.shows(/-flash-R/);
		await quit(screen);
		expect(screen.text).toMatch(/Recorded to .*\.ndjson\./s);
	}, 120_000);
});
