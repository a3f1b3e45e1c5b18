import { expect, it } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { rehearse } from './rehearse.ts';

it('opens no port that was not asked for, and says what that means', async () => {
	const { run, says } = await rehearse('healthy');
	const unasked = await run('raw', 'ttyUSB2');
	expect(unasked.exit).toBe(exitCode.usage);
	expect(unasked.err).toContain('(AT), raw: what you type goes to the modem as it is.');
	expect(unasked.err).toContain('add --yes');
	const none = await run('raw', 'ttyUSB9', '--yes');
	expect(none.exit).toBe(exitCode.noDevice);
	expect(says('port-opened')).toBe(false);
	const unlogged = await run('raw', '3-1:1.3', '--yes', '--log', '/dev/null');
	expect(unlogged).toMatchObject({ exit: exitCode.failed });
	expect(unlogged.err).toContain('/dev/null is there already.');
	const { exit, err } = await run('raw', '3-1:1.3', '--yes', '--for', '20s');
	expect(err).toContain('ttyUSB2 is open. Ctrl-T q quits');
	expect(exit).toBe(exitCode.done);
	expect(says('port-opened')).toBe(true);
});
