import { onTestFinished, test } from 'vitest';
import { newState, Screen } from '../terminal/screen.ts';
import { plugIn } from './modem.ts';

test('a loop is caught from the console with the keyboard, and its timeline shows it', async () => {
	const screen = new Screen([], newState(), 100, 30);
	onTestFinished(() => screen.close());
	await screen.shows(/\[1 USB\]/, 60);
	await plugIn('exact-loop');
	await screen.shows(/\+ +1-1 +1199:68c0 +app 4 if/, 60);
	screen.type('h');
	await screen.shows(/Arm a command/, 60);
	screen.type('\r');
	await screen.shows(/armed AT!BOOTHOLD for the next window of 1-1/, 60);
	// A modem that resets 0.2 s after its OK may take it along from a slow machine.
	await screen.shows(/fired \d+ ms after its port, (OK|port lost): AT!BOOTHOLD/, 60);
	await screen.shows(/\+ +1-1 +1199:68c0 +boot 1 if/, 60);
	await screen.shows(/disarmed AT!BOOTHOLD: the boot loader is holding/, 60);
	await screen.shows(/█+▁+▓+/, 60);
});
