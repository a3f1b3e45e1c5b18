import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { exitCode } from '../../source/problem.ts';
import { rehearse } from './rehearse.ts';

it('rehearses a flash without a byte to the modem, and holds the flash that follows against it', async () => {
	const { run, folder } = await rehearse('loader');
	const image = join(folder, 'small.spk');
	await smallRehearsalImage(image);
	const first = await run('flash', image, '--rehearse');
	expect(first.err).toBe('');
	expect(first.exit).toBe(exitCode.done);
	expect(first.out).toContain('The rehearsal ended well. Nothing was sent to the modem.');
	const [, kept = ''] = /--replay (\S+)/.exec(first.out) ?? [];
	expect(existsSync(kept)).toBe(true);
	// Its loader has still its HELLO to say: nobody was at its port.
	const real = await run('flash', image, '--yes-flash', 'RC7620', '--settle', '5');
	expect(real).toMatchObject({ exit: exitCode.done });
	// A busy host may let a step be repeated, which the rehearsal did not.
	expect(real.out).toMatch(
		/It went as rehearsed, (\d+) of \1 steps\.|It departed from its rehearsal/,
	);
});
