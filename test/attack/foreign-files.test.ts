/** Another user of the machine lays links and folders where root will work: nothing of root's changes. */
import { spawn, spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { foreignFlash } from '../../source/flash/job/foreign-flash.ts';
import { openPort } from '../../source/link/open.ts';
import { ownFolder, replaceFile, stateFolder } from '../../source/own-files.ts';
import { exitCode } from '../../source/problem.ts';
import { program } from '../commands/program.ts';

const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
const isRoot = process.getuid?.() === 0;
const hasSetpriv = spawnSync('setpriv', ['--version']).status === 0;

/** What nobody has to change: a file and a folder of root's. */
let precious: string;
let treasury: string;
/** As /tmp is: everybody may make things there. */
let shared: string;

beforeEach(() => {
	const root = mkdtempSync(join(tmpdir(), 'ms-root-'));
	treasury = join(root, 'treasury');
	mkdirSync(treasury);
	precious = join(treasury, 'precious');
	writeFileSync(precious, 'do not touch');
	shared = mkdtempSync(join(tmpdir(), 'ms-shared-'));
	chmodSync(shared, 0o1777);
});

const untouched = () =>
	readFileSync(precious, 'utf8') === 'do not touch' && readdirSync(treasury).length === 1;

function asNobody(script: string) {
	const { status, stderr } = spawnSync('setpriv', [...nobody, 'sh', '-ec', script], {
		cwd: shared,
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr);
}

const textOf = (pid = 0) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').slice(0, 20);

function run(args: readonly string[], env: Record<string, string | undefined> = {}) {
	const state = mkdtempSync(join(tmpdir(), 'ms-state-'));
	return spawnSync(process.execPath, [program, ...args], {
		encoding: 'utf8',
		env: { ...process.env, XDG_STATE_HOME: state, ...env },
		timeout: 20_000,
	});
}

describe.runIf(isRoot && hasSetpriv)('as root, where another user may write', () => {
	it.each([
		['his folder with a link in the sign’s place', 'mkdir d; ln -s "$P" d/rehearsal.json.new', 'd'],
		['a link to a folder of root’s', 'ln -s "$T" d', 'd'],
		['a folder below his', 'mkdir d', 'd/below'],
		['a folder that everybody may write', 'mkdir d; chmod 0777 d', 'd'],
	])('a rehearsal is not put into %s', (_, script, name) => {
		asNobody(script.replaceAll('$P', precious).replaceAll('$T', treasury));
		const { status, stderr } = run(['simulate', 'healthy', '--socket', join(shared, name)]);
		expect(stderr).toContain('it is not used');
		expect(status).toBe(exitCode.noAccess);
		expect(untouched()).toBe(true);
	});

	it('firmware to practise with is not written through his links', () => {
		asNobody(`mkdir d; ln -s ${precious} d/RC76xx_rehearsal_GENERIC_7620.spk`);
		const where = ['--socket', join(shared, 'mine'), '--firmware', join(shared, 'd')];
		expect(run(['simulate', 'healthy', ...where]).status).toBe(exitCode.noAccess);
		expect(untouched()).toBe(true);
	});

	it('no lease is taken in his rehearsal', () => {
		asNobody(
			'mkdir -p d/lease; for i in $(seq 1 9); do ln -s "$P" d/lease/$i; done'.replace(
				'$P',
				precious,
			),
		);
		asNobody(`echo '{"pid":1,"scenario":"x","speed":1,"image":"x"}' > d/rehearsal.json`);
		const { status, stderr } = run(['watch', '--list', '--rehearsal', join(shared, 'd')]);
		expect(stderr).toContain('belongs to another user');
		expect(status).toBe(exitCode.noAccess);
		expect(untouched()).toBe(true);
	});

	it.each([
		['his', 'mkdir d'],
		['a link of his', 'ln -s "$T" d'],
	])('nothing is kept in a state folder that is %s', (_, script) => {
		asNobody(script.replace('$T', treasury));
		const asked = ['flash', precious, '--yes-flash', 'x'];
		expect(run(asked, { XDG_STATE_HOME: join(shared, 'd') }).status).not.toBe(exitCode.done);
		expect(() => ownFolder(join(shared, 'd'))).toThrow('it is not used');
		expect(untouched()).toBe(true);
	});

	it('no code is kept in, or taken from, a cache that is his', () => {
		asNobody('mkdir d');
		expect(run(['--help'], { XDG_CACHE_HOME: join(shared, 'd') }).status).toBe(exitCode.done);
		expect(
			readdirSync(join(shared, 'd')).flatMap((name) => readdirSync(join(shared, 'd', name))),
		).toEqual([]);
	});

	it('state is under /var/lib, where there is no home', () => {
		const { HOME, XDG_STATE_HOME } = process.env;
		onTestFinished(() => void Object.assign(process.env, { HOME, XDG_STATE_HOME }));
		delete process.env.XDG_STATE_HOME;
		delete process.env.HOME;
		expect(stateFolder()).toBe('/var/lib/modemscope');
		process.env.HOME = shared;
		asNobody('mkdir home');
		process.env.HOME = join(shared, 'home');
		expect(stateFolder()).toBe('/var/lib/modemscope');
	});

	it('a lock is told from a flood of programs that name it, in little memory', async () => {
		// As much as a kernel lets a program have: 20 of 2 MB each, that all say they flash 3-1.
		const words = `--device=3-1 ${'x'.repeat(120_000)} `.repeat(16);
		const flood = Array.from({ length: 20 }, () =>
			spawn('setpriv', [...nobody, 'sh', '-c', 'sleep 60; :', ...words.split(' ')]),
		);
		onTestFinished(() => flood.forEach((one) => void one.kill('SIGKILL')));
		await Promise.all(flood.map((one) => expect.poll(() => textOf(one.pid)).toContain('-c')));
		const before = process.memoryUsage().rss;
		for (let looks = 0; looks < 20; looks++)
			expect(foreignFlash({ proc: '/proc', dev: '/dev', sysfs: '/sys' }, ['3-1'])).toBeUndefined();
		expect(process.memoryUsage().rss - before).toBeLessThan(20_000_000);
	});

	it.each([
		['says', ['flash', '--job', '--device=3-1']],
		['writes over what it was told', ['modemscope flash --job --device=3-1']],
	])('a flash that he %s counts only where he may write to the modem', (_, words) => {
		const host = { proc: '/proc', dev: join(shared, 'dev'), sysfs: join(shared, 'sys') };
		const device = join(host.sysfs, 'bus/usb/devices/3-1');
		mkdirSync(device, { recursive: true });
		for (const [name, value] of Object.entries({
			idVendor: '1199',
			idProduct: '9091',
			devnum: '7',
			busnum: '3',
		}))
			writeFileSync(join(device, name), `${value}\n`);
		const node = join(host.dev, 'bus/usb/003/007');
		mkdirSync(join(node, '..'), { recursive: true });
		writeFileSync(node, '');
		chmodSync(node, 0o660);
		const squatter = spawn('setpriv', [
			...nobody,
			process.execPath,
			'-e',
			'setInterval(()=>{},1e3)',
			'--',
			...words,
		]);
		onTestFinished(() => void squatter.kill('SIGKILL'));
		const seen = () =>
			readFileSync(`/proc/${squatter.pid}/status`, 'utf8').includes('65534\t65534');
		return expect
			.poll(seen)
			.toBe(true)
			.then(() => {
				expect(foreignFlash(host, ['3-1'])).toBeUndefined();
				chmodSync(node, 0o666);
				expect(foreignFlash(host, ['3-1'])).toMatchObject({ pid: squatter.pid });
				expect(foreignFlash(host, ['3-2'])).toBeUndefined();
			});
	});
});

it('follows no link in the place of a file of its own', () => {
	const link = join(shared, 'file');
	symlinkSync(precious, link);
	replaceFile(link, 'new');
	expect(readFileSync(link, 'utf8')).toBe('new');
	expect(untouched()).toBe(true);
});

it('opens no tty that a rehearsal’s folder leads to', async () => {
	const node = join(shared, 'ttyUSB2');
	symlinkSync('/dev/ptmx', node);
	const opening = openPort(node, createClock(), { rehearsal: shared });
	await expect(opening).rejects.toMatchObject({
		exit: exitCode.noDevice,
		modem: 'Nothing was opened.',
	});
	expect(existsSync('/dev/ptmx')).toBe(true);
});
