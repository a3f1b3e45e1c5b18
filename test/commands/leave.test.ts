import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { rehearse } from './rehearse.ts';

describe('leave', () => {
	it('sends nothing before it was asked for, and starts the application then', async () => {
		const { run } = await rehearse('loader');
		const unasked = await run('leave');
		expect(unasked.exit).toBe(exitCode.usage);
		expect(unasked.err).toContain('add --yes');
		expect(unasked.out).toBe('');
		const { exit, out } = await run('leave', '--yes');
		expect(out).toMatch(/Left by Sahara: RC7620 came, app 4 if\.\nHow sure that is: RESET /);
		expect(exit).toBe(exitCode.done);
		const again = await run('leave', '--yes');
		expect(again.exit).toBe(exitCode.refusedBeforeWrite);
		expect(again.err).toContain('there is none to leave');
	});

	it('takes the modem by its port, and tells a program what came', async () => {
		const { run, folder } = await rehearse('loader-qdl');
		const other = await run('leave', '--port', join(folder, 'dev/ttyUSB7'), '--yes');
		expect(other.exit).toBe(exitCode.noDevice);
		const port = join(folder, 'dev/ttyUSB0');
		const { exit, out } = await run('leave', '--port', port, '--yes', '--json');
		const events = out
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(events.at(-1)).toEqual({ type: 'left', by: 'QDL', path: '3-1', mode: 'app 4 if' });
		expect(exit).toBe(exitCode.done);
	});
});

describe('flash --port', () => {
	it('is the modem that has this port', async () => {
		const { run, image, folder } = await rehearse('loader');
		const port = join(folder, 'dev/ttyUSB0');
		const plan = await run('flash', image, '--port', port, '--dry-run');
		expect(plan.out).toContain('to RC7620 at 3-1');
		expect(plan.exit).toBe(exitCode.done);
		const both = await run('flash', image, '--port', port, '--device', '1-1', '--dry-run');
		expect(both.exit).toBe(exitCode.usage);
		const none = await run('flash', image, '--port', 'ttyUSB7', '--dry-run');
		expect(none.exit).toBe(exitCode.noDevice);
		expect(none.err).toContain('No modem on USB has the port ttyUSB7');
	});
});
