import { expect, it } from 'vitest';
import { open, quit } from './open.ts';

it('holds a looping modem in its next window and flashes it then, asked for once by its model', async () => {
	const screen = open(['--demo', 'boot-loop', '--speed', '12'], [100, 30]);
	await screen.shows(/1199:68c0/);
	screen.type('3');
	await screen.shows(/RC76xx_rehearsal/);
	screen.type('\r');
	await screen.shows(/SPKG/);
	screen.type('1');
	await screen.shows(/\[1 USB\]/);
	screen.type('h');
	await screen.shows(/Hold, then flash/);
	screen.type('j\r');
	await screen.shows(/Type RC7620 to arm it/);
	screen.type('RC7611\r');
	await screen.shows(/That is not RC7620/);
	screen.type('\u0015RC7620\r');
	await screen.shows(/armed AT!BOOTHOLD, then flash/);
	await screen.shows(/fired \d+ ms after its port, OK: AT!BOOTHOLD, then flash/, 30);
	screen.type('4');
	await screen.shows(/Done: the modem runs 00\.08\.24\.02/, 90);
	expect(screen.text).not.toMatch(/was not flashed/);
	screen.type('1');
	await quit(screen);
});
