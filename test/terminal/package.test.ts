import { expect, it } from 'vitest';
import { open, quit } from './open.ts';

it('flashes a package of Quectel to a chip in EDL with the keyboard alone', async () => {
	const screen = open(['--demo', 'emergency-nand', '--view=firmware', '--speed', '30'], [100, 30]);
	await screen.shows(/edl\//);
	screen.type('\r');
	await screen.shows(/every MD5 is right/);
	screen.type('F');
	await screen.shows(/each of the 8 files that md5\.txt names has its MD5/);
	screen.type('s');
	await screen.shows(/Type .*05c6:9008/);
	screen.type('05c6:9008\r');
	await screen.shows(/it came back as 1199:68c0/);
	expect(screen.text).toContain('edl');
	await quit(screen);
}, 120_000);
