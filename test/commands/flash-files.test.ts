import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rehearsalPackageFiles } from '../../source/firmware/rehearsal/package.ts';
import { exitCode } from '../../source/problem.ts';
import { zipOf } from '../firmware/zip-writer.ts';
import { ended, rehearse } from './rehearse.ts';

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
		expect(plan.out).toMatch(/\.cwe, then .*\.nvu, \d{1,3}(?: \d{3})* bytes, to MC7455/);
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
			'--protocol does not know "smoke"',
		);
		const over = await run('flash', image, '--over', 'usb', '--dry-run');
		expect(over.exit).toBe(exitCode.usage);
		expect(over.err).toContain('a simulated modem has no USB endpoints');
		const twice = await run('flash', image, image, '--dry-run');
		expect(twice.exit).toBe(exitCode.fileRejected);
		expect(twice.err).toContain('2 of the 2 files hold firmware');
		expect(filesIn(folder, '.spk')).toEqual([image]);
	});

	it('writes no other bytes than those that were planned', async () => {
		const { start, folder, image } = await rehearse('loader');
		const planned = {
			path: '3-1',
			rehearsal: folder,
			model: 'RC7620',
			file: image,
			recording: 'r',
		};
		const job = start('flash', '--job');
		job.stdin!.end(`${JSON.stringify({ ...planned, digest: 'of-another-file' })}\n`);
		const { exit, err } = await ended(job);
		expect(exit).toBe(exitCode.fileRejected);
		expect(err).toContain('changed after the plan was made');
	});

	it('sends nothing to the chip’s emergency loader', async () => {
		const { run, image } = await rehearse('emergency');
		const { exit, err } = await run('flash', image, '--yes-flash', 'rc7620');
		expect(exit).toBe(exitCode.refusedBeforeWrite);
		expect(err).toContain('needs a programmer that the modem’s maker has signed');
		expect(err).toContain('Nothing was written.');
	});
});

describe('flash by a maker’s programmer', () => {
	const setIn = (folder: string) => ({
		xml: join(folder, 'edl', 'rawprogram0.xml'),
		patch: join(folder, 'edl', 'patch0.xml'),
		programmer: join(folder, 'edl', 'prog_firehose_rehearsal.elf'),
	});

	it('plans, asks for the model, and carries it out in a process of its own', async () => {
		const { run, folder, says } = await rehearse('emergency', 60);
		const { xml, patch, programmer } = setIn(folder);
		const plan = await run('flash', xml, patch, '--programmer', programmer, '--dry-run');
		expect(plan.exit).toBe(exitCode.done);
		expect(plan.out).toContain('modem.img to modem at sector 2048 of 0: 3907 of 8192 sectors');
		const unnamed = await run('flash', xml, '--programmer', programmer);
		expect(unnamed.exit).toBe(exitCode.usage);
		expect(unnamed.err).toContain('--yes-flash MODEL, with its model, or 05c6:9008');
		const named = ['--yes-flash', 'rc7620', '--settle', '5'];
		const { exit, out } = await run('flash', xml, patch, '--programmer', programmer, ...named);
		expect(out).toContain('Done: it came back as 1199:68c0');
		expect(exit).toBe(exitCode.done);
		expect(says('"file":"prog_firehose_rehearsal.elf"')).toBe(true);
	});

	it('writes no Sierra firmware by it, and takes no rawprogram without it', async () => {
		const { run, image, folder } = await rehearse('emergency');
		const { xml, programmer } = setIn(folder);
		const firmware = await run('flash', image, '--programmer', programmer);
		expect(firmware.exit).toBe(exitCode.fileRejected);
		expect(firmware.err).toContain('would write it raw over the partitions');
		const alone = await run('flash', xml);
		expect(alone.exit).toBe(exitCode.fileRejected);
		expect(alone.err).toContain('needs --programmer');
	});
});

describe('flash of a package as Quectel makes them', () => {
	it('checks, plans and writes an archive, in a process of its own', async () => {
		const { run, folder, says } = await rehearse('emergency-nand', 60);
		const files = [...rehearsalPackageFiles()].map(([name, content]) => ({ name, content }));
		const zip = join(folder, 'EC25.zip');
		writeFileSync(zip, zipOf(files));
		const inspected = await run('inspect', zip);
		expect(inspected.exit).toBe(exitCode.done);
		expect(inspected.out).toContain('ok     update/sbl1.mbn: It has the MD5 of md5.txt');
		const named = ['--yes-flash', '05c6:9008', '--settle', '5'];
		const { exit, out, err } = await run('flash', zip, ...named);
		expect(err).toBe('');
		expect(out).toContain('each of the 8 files that md5.txt names has its MD5');
		expect(out).toContain('Done: it came back as 1199:68c0');
		expect(exit).toBe(exitCode.done);
		expect(says('"file":"prog_nand_firehose_9x07.mbn"')).toBe(true);
	});

	it('writes none of one with a damaged file, and takes nothing beside one', async () => {
		const { run, folder, image } = await rehearse('emergency-nand');
		const own = join(folder, 'edl');
		writeFileSync(join(own, 'update/tz.mbn'), 'another');
		const damaged = await run('flash', own, '--yes-flash', '05c6:9008');
		expect(damaged.exit).toBe(exitCode.fileRejected);
		expect(damaged.err).toContain('update/tz.mbn is damaged: md5.txt says MD5');
		const beside = await run('flash', own, image);
		expect(beside.exit).toBe(exitCode.usage);
		expect(beside.err).toContain('edl is flashed alone, with its own programmer');
	});
});

describe('flash of a loader that does not say its model', () => {
	it('wants a model of the family that its ids tell, in any case, and writes then', async () => {
		const { run, folder } = await rehearse('nameless', 60);
		const [image = ''] = filesIn(folder, '.spk');
		const by = (name: string) => run('flash', image, '--yes-flash', name, '--settle', '5');
		const product = await by('QUSB__BULK');
		expect(product.exit).toBe(exitCode.usage);
		expect(product.err).toContain('one of EM7565, EM7511, MC7411, MC7421');
		expect((await by('RC7620')).exit).toBe(exitCode.usage);
		const { exit, out } = await by('em7565');
		expect(out).toMatch(/product +the file is for SWI9X50C, and EM7565.* is MDM9x50/);
		expect(out).toContain('flashing EM7565 at 3-1');
		expect(out).toContain('Done: the modem runs 01.14.02.00');
		expect(exit).toBe(exitCode.done);
	});
});
