import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { rehearse } from './rehearse.ts';

const filesIn = (folder: string, ending: string) =>
	readdirSync(folder)
		.filter((name) => name.endsWith(ending))
		.map((name) => join(folder, name));

describe('flash of several files', () => {
	it('sends firmware and settings to a QDL loader in one session, and checks what runs', async () => {
		const { run, folder } = await rehearse('loader-qdl', 60);
		const files = [...filesIn(folder, '.nvu'), ...filesIn(folder, '.cwe')];
		const plan = await run('flash', ...files, '--dry-run');
		expect(plan.exit).toBe(exitCode.done);
		expect(plan.out).toMatch(/\.cwe, then .*\.nvu, \d+ bytes, to MC7455/);
		expect(plan.out).toContain('Both are of device SWI9X30C');
		const { exit, out } = await run('flash', ...files, '--yes-flash', 'MC7455', '--settle', '5');
		expect(out).toContain('Done: the modem runs 02.33.03.00');
		expect(exit).toBe(exitCode.done);
	});

	it('refuses settings without their firmware’s product, and a protocol that spoils the loader', async () => {
		const { run, folder, image } = await rehearse('loader');
		const qdl = await run('flash', image, '--protocol', 'qdl', '--dry-run');
		expect(qdl.exit).toBe(exitCode.usage);
		expect(qdl.err).toContain('the loader of RC7620 speaks Sahara and Firehose');
		expect((await run('flash', image, '--protocol', 'smoke')).err).toContain(
			'"smoke" is no protocol',
		);
		const twice = await run('flash', image, image, '--dry-run');
		expect(twice.exit).toBe(exitCode.fileRejected);
		expect(twice.err).toContain('2 of the 2 files hold firmware');
		expect(filesIn(folder, '.spk')).toEqual([image]);
	});

	it('sends nothing to the chip’s emergency loader', async () => {
		const { run, image } = await rehearse('emergency');
		const { exit, err } = await run('flash', image, '--yes-flash', 'QHSUSB__BULK');
		expect(exit).toBe(exitCode.refusedBeforeWrite);
		expect(err).toContain('wants a programmer that the modem’s maker has signed');
		expect(err).toContain('Nothing was written.');
	});
});
