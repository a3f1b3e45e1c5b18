import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { newFolder, program } from '../commands/program.ts';
import { rehearse } from '../commands/rehearse.ts';

const has = (command: string) => spawnSync(command, ['--version']).status === 0;

/** A program of this name that is ours, with arguments behind what it is given. */
function named(folder: string, more: string): string {
	const path = join(folder, 'modemscope');
	writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@" ${more}\n`);
	chmodSync(path, 0o755);
	return path;
}

describe('the update module for Mender', () => {
	const module = resolve('system/mender/modemscope-firmware');
	const artifact = async (metaData: string) => {
		const tree = newFolder();
		for (const name of ['files', 'header']) mkdirSync(join(tree, name));
		await smallRehearsalImage(join(tree, 'files/small.spk'));
		writeFileSync(join(tree, 'header/meta-data'), metaData);
		return tree;
	};

	it('flashes the files of an artifact onto the model of its meta-data, and no other', async () => {
		const { folder, state } = await rehearse('loader');
		const bin = newFolder();
		named(bin, `--rehearsal ${folder} --settle 5`);
		const env = {
			...process.env,
			XDG_STATE_HOME: state,
			PATH: `${bin}${delimiter}${process.env.PATH}`,
		};
		const install = (tree: string) =>
			spawnSync(module, ['ArtifactInstall', tree], { env, encoding: 'utf8', timeout: 50_000 });
		const nameless = install(await artifact('{}'));
		expect(nameless.stderr).toContain('names no model: nothing was written');
		expect(nameless.status).toBe(1);
		expect(install(await artifact('{"model": "EM7565"}')).stderr).toContain(
			'"EM7565" is not RC7620',
		);
		const done = install(await artifact('{"model": "RC7620"}'));
		expect(done.stdout).toContain('Done: the modem runs 00.08.24.02');
		expect(done.status).toBe(0);
	});
});

if (!has('ansible-playbook')) console.log('SKIPPED: the role is not tried: Ansible is not here.');

it.runIf(has('ansible-playbook'))('the Ansible role puts everything in its place', () => {
	const folder = newFolder();
	const prefix = join(folder, 'usr');
	mkdirSync(join(prefix, 'bin'), { recursive: true });
	const play = join(folder, 'play.yml');
	const vars = {
		modemscope_binary: named(newFolder(), ''),
		modemscope_prefix: prefix,
		modemscope_policy: { model: 'RC7620', catch: 'yes' },
		modemscope_policy_folder: join(folder, 'etc'),
		modemscope_service: false,
	};
	const roles = [resolve('system/ansible/modemscope')];
	const hosts = 'localhost';
	// JSON is YAML.
	writeFileSync(
		play,
		JSON.stringify([{ hosts, connection: 'local', gather_facts: false, vars, roles }]),
	);
	const { stdout, status } = spawnSync('ansible-playbook', ['-i', 'localhost,', play], {
		encoding: 'utf8',
		env: { ...process.env, LC_ALL: 'C.UTF-8' },
	});
	expect(stdout).toContain('failed=0');
	expect(status).toBe(0);
	expect(readFileSync(join(folder, 'etc/guard.conf'), 'utf8')).toMatch(
		/model = RC7620\ncatch = yes\n/,
	);
	expect(existsSync(join(prefix, 'lib/systemd/system/modemscope-guard.service'))).toBe(true);
});
