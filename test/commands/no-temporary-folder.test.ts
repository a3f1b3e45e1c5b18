import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { exitCode, Problem } from '../../source/problem.ts';
import { startRehearsal } from '../../source/simulator/backend/rehearsal.ts';
import { newFolder } from './program.ts';

const { TMPDIR } = process.env;
afterEach(() => {
	process.env.TMPDIR = TMPDIR;
});

/** What is thrown where temporary files have no place. */
async function refusal(folder: string): Promise<unknown> {
	process.env.TMPDIR = folder;
	const options = { scenario: 'healthy', speed: 4, command: ['false'] };
	return startRehearsal(options).catch((error: unknown) => error);
}

it('says that the folder for temporary files does not exist, and what to set', async () => {
	const error = await refusal('/nonexistent');
	expect(error).toBeInstanceOf(Problem);
	expect(error).toMatchObject({ exit: exitCode.noAccess });
	expect((error as Problem).sentence).toBe(
		'No temporary folder can be made in /nonexistent: it does not exist. Next: set TMPDIR to a folder that may be written and has room.',
	);
});

it('says that it is no folder', async () => {
	const file = join(newFolder(), 'file');
	writeFileSync(file, '');
	expect(await refusal(file)).toMatchObject({
		message: expect.stringContaining('it is no folder'),
	});
});
