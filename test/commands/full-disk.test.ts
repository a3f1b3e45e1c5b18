import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { newFolder, program } from './program.ts';
import { ended, rehearse } from './rehearse.ts';

/** Root anywhere, and others where user namespaces are allowed, may mount in a world of their own. */
const small = (size: string) => `mount -t tmpfs -o size=${size} tmpfs "$XDG_STATE_HOME"`;
const ownWorld = (script: string, args: readonly string[], state: string) =>
	spawn('unshare', ['-rm', 'sh', '-c', script, 'sh', ...args], {
		env: { ...process.env, XDG_STATE_HOME: state },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
const canMount =
	spawnSync('unshare', ['-rm', 'sh', '-c', small('16k')], {
		env: { ...process.env, XDG_STATE_HOME: newFolder() },
	}).status === 0;

/** A flash whose state lies on a real file system of this size. */
async function flashOn(size: string, more: readonly string[] = [], fill = 'true') {
	const { folder, image, says } = await rehearse('loader');
	const asked = ['flash', image, '--yes-flash', 'RC7620', '--settle', '5', '--rehearsal', folder];
	const args = [...asked, ...more];
	const script = `${small(size)} && ${fill}; exec "$@"`;
	const state = newFolder();
	const end = await ended(ownWorld(script, [process.execPath, program, ...args], state));
	return { ...end, says };
}

const setAside = ['--override', 'disk'];
const fill = 'cat /dev/zero > "$XDG_STATE_HOME/full" 2>/dev/null';

describe.runIf(canMount)('a flash whose recording has no room', () => {
	it('is refused by its plan, which says how much it needs', async () => {
		const { exit, err } = await flashOn('300k');
		expect(exit).toBe(exitCode.failed);
		expect(err).toMatch(/the recording may need \d+ MB, and 1 MB are free for it/);
		expect(err).toContain('--override disk');
	});

	it('is refused by its plan where no recording can be made, and so is a rehearsal', async () => {
		const { folder, image } = await rehearse('loader');
		const asked = ['flash', image, '--rehearsal', folder];
		const script = `mount -t tmpfs -o ro tmpfs "$XDG_STATE_HOME"; exec "$@"`;
		for (const how of ['--dry-run', '--rehearse']) {
			const state = newFolder();
			const args = [process.execPath, program, ...asked, how];
			const { exit, err } = await ended(ownWorld(script, args, state));
			expect(err).toContain(
				`no recording can be made in ${state}/modemscope/recordings; XDG_STATE`,
			);
			expect(exit).toBe(exitCode.noAccess);
		}
	});

	it('is rehearsed all the same, and says that it is not kept', async () => {
		const { folder, image } = await rehearse('loader');
		const asked = ['flash', image, '--rehearsal', folder, '--rehearse', ...setAside];
		const script = `${small('64k')} && ${fill}; exec "$@"`;
		const args = [process.execPath, program, ...asked];
		const { exit, err, out } = await ended(ownWorld(script, args, newFolder()));
		expect(out).toContain('Done: the modem runs 00.08.24.02');
		expect(err).toMatch(
			/The rehearsal was carried out and cannot be kept in \S+: the disk says ENOSPC/,
		);
		expect(exit).toBe(exitCode.failed);
	});

	it('is not begun on a full disk', async () => {
		const { exit, err } = await flashOn('64k', setAside, fill);
		expect(exit).toBe(exitCode.failed);
		expect(err).toContain('the disk says ENOSPC');
		expect(err).toContain('Nothing was written');
	});

	it('goes on when the disk becomes full in the write, and says so and how it ended', async () => {
		const { exit, out } = await flashOn('128k', setAside);
		expect(out).toMatch(/The recording \S+ ends here: the disk says ENOSPC. The flash goes on/);
		expect(out).toContain('Done: the modem runs 00.08.24.02');
		expect(exit).toBe(exitCode.done);
	});
});
