import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { push } from '../../source/gateway/push.ts';
import { lacks, startSshd } from './sshd.ts';

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'ms-push-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}

const architecture = process.arch;

/** An archive of a release's shape, with a program of this text in it. */
function archiveOf(program: string, name = `modemscope-0.1.0-linux-${architecture}`): string {
	const folder = newFolder();
	mkdirSync(join(folder, name));
	writeFileSync(join(folder, name, 'modemscope'), program);
	chmodSync(join(folder, name, 'modemscope'), 0o755);
	const path = join(folder, `${name}.tar.xz`);
	execFileSync('tar', ['-cJf', path, '-C', folder, name]);
	return path;
}

const good = '#!/bin/sh\necho 0.1.0\n';

describe.skipIf(await lacks())('push', () => {
	let ssh: Awaited<ReturnType<typeof startSshd>>;
	beforeAll(async () => {
		ssh = await startSshd('exec sh -c "$SSH_ORIGINAL_COMMAND"');
	});
	afterAll(() => ssh.stop());
	const pushed = (path: string, to: string, isArchive = true) =>
		push(ssh.target, { path, isArchive }, to, () => {});

	it('unpacks the archive into a folder of its own, and runs what is in it', async () => {
		const to = newFolder();
		const { path, folder, version } = await pushed(archiveOf(good), to);
		expect(version).toBe('0.1.0');
		expect(folder.startsWith(`${to}/modemscope.`)).toBe(true);
		expect(execFileSync(path, { encoding: 'utf8' })).toBe('0.1.0\n');
	});

	it('copies a single file as it is', async () => {
		const file = join(newFolder(), 'program');
		writeFileSync(file, good);
		const { version } = await pushed(file, newFolder(), false);
		expect(version).toBe('0.1.0');
	});

	it('leaves nothing of a program that does not run there, and says what it said', async () => {
		const to = newFolder();
		const broken = archiveOf('#!/bin/sh\necho "libatomic.so.1: cannot open" >&2; exit 127\n');
		await expect(pushed(broken, to)).rejects.toMatchObject({
			message: 'modemscope does not run on root@127.0.0.1: libatomic.so.1: cannot open.',
			modem: 'What was copied is removed.',
		});
		expect(readdirSync(to)).toEqual([]);
	});

	it('leaves nothing of an archive that is cut', async () => {
		const to = newFolder();
		const cut = join(newFolder(), `modemscope-0.1.0-linux-${architecture}.tar.xz`);
		const whole = execFileSync('cat', [archiveOf(good)]);
		writeFileSync(cut, whole.subarray(0, whole.length - 20));
		await expect(pushed(cut, to)).rejects.toThrow(/broke off/);
		expect(readdirSync(to)).toEqual([]);
	});

	it('refuses an archive of another architecture before a byte is copied', async () => {
		const to = newFolder();
		const other = architecture === 'arm64' ? 'x64' : 'arm64';
		const archive = archiveOf(good, `modemscope-0.1.0-linux-${other}`);
		await expect(pushed(archive, to)).rejects.toMatchObject({
			next: `give it the archive whose name ends in linux-${architecture}.tar.xz.`,
		});
		expect(readdirSync(to)).toEqual([]);
	});

	it('refuses a folder that runs no programs', async () => {
		await expect(pushed(archiveOf(good), '/proc')).rejects.toThrow(/no room in \/proc/);
	});

	it('refuses a machine that is not reached', async () => {
		const given = { path: archiveOf(good), isArchive: true };
		const to = push('-p 1 root@127.0.0.1', given, undefined, () => {});
		await expect(to).rejects.toThrow(/Connection refused/);
	});
});
