/** Two flashes of one modem, from two state folders that know nothing of each other. */
import { expect, it } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { ended, pidOfFlash, programOn, rehearse, until } from '../commands/rehearse.ts';

it('refuses the second one with who holds the modem, and the first one ends well', async () => {
	const { folder, image, start, says, state } = await rehearse('loader');
	const flash = ['flash', image, '--yes-flash', 'RC7620', '--rehearsal', folder];
	const first = ended(start(...flash));
	await until(() => says('"phase":"write","state":"running"'));
	const pid = pidOfFlash(state);
	const second = await ended(programOn(folder).start(...flash));
	expect(second.exit).toBe(exitCode.noAccess);
	expect(second.err).toContain(
		`a flash of this modem runs already (process ${pid}). Nothing was written.`,
	);
	expect((await first).exit).toBe(exitCode.done);
});
