import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { type Act, Budget } from '../../source/guard/budget.ts';
import { mayDo, wanted } from '../../source/guard/choose.ts';
import { metricsText } from '../../source/guard/metrics.ts';
import { observeOnly, type Policy, parsePolicy, readPolicy } from '../../source/guard/policy.ts';
import { models } from '../../source/modems/simulated.ts';
import { replaceFile } from '../../source/own-files.ts';
import { exitCode } from '../../source/problem.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { Timeline } from '../../source/usb/timeline/timeline.ts';
import { newFolder } from '../commands/program.ts';
import { ended, programOn, rehearse, until } from '../commands/rehearse.ts';

const hour = 3_600_000;
const catches: Policy = { ...observeOnly, model: 'RC7620', inhibit: true, catch: true };

/** A day of a boot loop, seen each second; what is done fails or not, as `result` says. */
function day(policy: Policy, budget: Budget, result: (act: Act, count: number) => string | true) {
	const timeline = new Timeline();
	const did: { act: Act; t: number }[] = [];
	let isInhibited = false;
	for (let t = 0; t < 86_400; t++) {
		const phase = t % 15;
		const device = applicationDevice(models.RC7620, Math.floor(t / 15) + 1);
		const { path, vid, pid } = device;
		if (phase === 0) timeline.add({ t, source: 'usb', type: 'usb-came', device });
		if (phase === 3) timeline.add({ t, source: 'usb', type: 'usb-went', path, vid, pid });
		const port = timeline.port(path, t)!;
		const act = wanted(policy, port, t, isInhibited);
		if (!mayDo(act, budget, t * 1000)) continue;
		if (act === 'inhibit') isInhibited = true;
		did.push({ act, t });
		const ended = result(act, did.filter((one) => one.act === act).length);
		budget.keep({
			at: t * 1000,
			act,
			ok: ended === true,
			says: ended === true ? 'done' : ended,
		});
	}
	return did;
}

describe('a day of a boot loop', () => {
	it('is only looked at without a policy', () => {
		expect(day(observeOnly, new Budget(), () => true)).toEqual([]);
	});

	it('brings one catch an hour, and ModemManager is kept off once', () => {
		const did = day(catches, new Budget(), (act, count) =>
			act === 'catch' && count % 2 === 0 ? `no window ${count}` : true,
		);
		expect(did.filter(({ act }) => act === 'inhibit')).toHaveLength(1);
		const caught = did.filter(({ act }) => act === 'catch').map(({ t }) => t);
		expect(caught.length).toBe(24);
		const pauses = caught.slice(1).map((t, index) => t - caught[index]!);
		expect(Math.min(...pauses)).toBeGreaterThanOrEqual(3600);
	});

	it('ends all acts after two failures alike, and a restart does not forget them', () => {
		const file = join(newFolder(), 'guard.json');
		const budget = new Budget(file);
		const fails = () => 'No window was caught in 300 s.';
		const did = day({ ...catches, inhibit: false }, budget, fails);
		expect(did).toHaveLength(2);
		expect(budget.stopped).toBe('catch has failed 2 times alike: No window was caught in 300 s.');
		expect(day(catches, new Budget(file), () => true)).toEqual([]);
	});
});

describe('the budget', () => {
	it('has one flash a day, and one act an hour with it', () => {
		const budget = new Budget();
		budget.keep({ at: 0, act: 'flash', ok: true, says: 'done' });
		expect(budget.waits('flash', hour)).toBe(23 * hour);
		expect(budget.waits('catch', 1)).toBe(hour - 1);
		expect(budget.waits('inhibit', 1)).toBe(0);
	});

	it('does not wait longer for a clock that was set back', () => {
		const budget = new Budget();
		budget.keep({ at: 1000 * hour, act: 'catch', ok: true, says: 'done' });
		expect(budget.waits('catch', 5)).toBe(hour);
	});

	it('refuses to forget what it cannot read', () => {
		const file = join(newFolder(), 'guard.json');
		writeFileSync(file, '[{"at":1,');
		expect(() => new Budget(file)).toThrow(/cannot be read/);
	});
});

describe('a loader', () => {
	const flash: Policy = {
		...observeOnly,
		model: 'RC7620',
		flash: { path: '/f', sha256: 'a'.repeat(64) },
	};
	const portAt = (t: number) => {
		const timeline = new Timeline();
		const device = loaderDevice(models.RC7620, 9);
		timeline.add({ t: 0, source: 'usb', type: 'usb-came', device });
		return timeline.port(device.path, t)!;
	};

	it('is flashed or left when it has held for a minute, never both', () => {
		expect(wanted(flash, portAt(59), 59, false)).toBeUndefined();
		expect(wanted(flash, portAt(60), 60, false)).toBe('flash');
		expect(wanted({ ...observeOnly, leave: true }, portAt(60), 60, false)).toBe('leave');
		expect(wanted(observeOnly, portAt(600), 600, false)).toBeUndefined();
	});
});

describe('the policy', () => {
	it('is lines of name = value', () => {
		const text = `# for the gateways of the north\nmodel = RC7620\ncatch = yes\nflash = /fw/a.spk\nsha256 = ${'AB'.repeat(32)}\n`;
		expect(parsePolicy(text)).toEqual({
			model: 'RC7620',
			inhibit: false,
			catch: true,
			leave: false,
			flash: { path: '/fw/a.spk', sha256: 'ab'.repeat(32) },
		});
	});

	it.each([
		['catch = yes', /need the line model/],
		['model = RC7620\nflash = /fw/a.spk', /needs the line sha256/],
		['model = RC7620\nleave = yes\ncatch = yes', /would undo them/],
		['cach = yes', /line 1: cach is no setting/],
		['catch = maybe', /line 1: catch is yes or no/],
		['__proto__ = yes', /no setting/],
		['catch = no\ncatch = no', /line 2: catch is set twice/],
		['catch', /line 1: it has no "="/],
	])('%j is refused', (text, why) => {
		expect(() => parsePolicy(text)).toThrow(why);
	});

	it('is not read from a file that others may write', () => {
		const file = join(newFolder(), 'guard.conf');
		writeFileSync(file, 'inhibit = yes\n');
		chmodSync(file, 0o646);
		expect(() => readPolicy(file)).toThrow(/another user may write it/);
		chmodSync(file, 0o644);
		expect(readPolicy(file)).toEqual({ ...observeOnly, inhibit: true });
	});
});

describe('the metrics', () => {
	const timeline = new Timeline();
	for (const t of [0, 15, 30]) {
		const device = applicationDevice(models.RC7620, t);
		timeline.add({ t, source: 'usb', type: 'usb-came', device });
		timeline.add({ t: t + 3, source: 'usb', type: 'usb-went', path: '3-1', vid: '1', pid: '2' });
	}
	const text = metricsText({
		now: 1_800_000_000,
		ports: timeline.ports(34),
		comings: new Map([
			['3-1', 3],
			['a"\\\n', 1],
		]),
		findings: [{ rule: 'boot-loop' }, { rule: 'boot-loop' }],
		done: [{ at: 0, act: 'catch', ok: true, says: '' }],
		stopped: false,
	});

	it('tell the loop and what was done', () => {
		expect(text).toContain('modemscope_boot_loop{path="3-1"} 1\n');
		expect(text).toContain('modemscope_boot_loop_cycles{path="3-1"} 3\n');
		expect(text).toContain('modemscope_boot_loop_period_seconds{path="3-1"} 15\n');
		expect(text).toContain('modemscope_mode{path="3-1",mode="application"} 0\n');
		expect(text).toContain('modemscope_guard_acts{act="catch",result="done"} 1\n');
		expect(text).toContain('modemscope_comings_total{path="a\\"\\\\\\n"} 1\n');
		expect(text.match(/modemscope_finding\{/g)).toHaveLength(1);
	});

	const promtool = spawnSync('promtool', ['--version']).status === 0;
	if (!promtool) console.log('SKIPPED: the metrics are not shown to promtool: it is not here.');
	it.runIf(promtool)('are what promtool accepts', () => {
		const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
			input: text,
			encoding: 'utf8',
		});
		expect(stderr).toBe('');
		expect(status).toBe(0);
	});
});

describe('modemscope guard', () => {
	it('flashes a loader that holds with the file that the policy names, and with no other', async () => {
		const { folder, run, start } = await rehearse('loader');
		const image = join(folder, 'small.spk');
		await smallRehearsalImage(image);
		const policy = join(newFolder(), 'guard.conf');
		const textfile = join(newFolder(), 'modemscope.prom');
		const sha256 = createHash('sha256').update(readFileSync(image)).digest('hex');
		const write = (hash: string) =>
			writeFileSync(policy, `model = RC7620\nflash = ${image}\nsha256 = ${hash}\n`, {
				mode: 0o600,
			});
		write('0'.repeat(64));
		const other = await programOn(folder).run('guard', '--policy', policy, '--for', '70s');
		expect(other.out).toContain(
			'"act":"flash","state":"ended","ok":false,"says":"The file has not the SHA-256 that the policy names."',
		);
		expect(other.exit).toBe(exitCode.done);
		write(sha256);
		const args = ['guard', '--policy', policy, '--textfile', textfile, '--rehearsal', folder];
		const child = start(...args);
		const told = ended(child);
		let heard = '';
		child.stdout?.on('data', (chunk) => {
			heard += chunk;
		});
		await until(() => heard.includes('"act":"flash","state":"ended"'), 40);
		child.kill('SIGTERM');
		expect(await told).toMatchObject({
			exit: exitCode.done,
			out: expect.stringMatching(/"act":"flash","state":"ended","ok":true,"says":"Done: the modem/),
		});
		// One act an hour, also after a restart.
		expect((await run('guard', '--policy', policy, '--for', '5s')).out).not.toContain('"act"');
		expect(readFileSync(textfile, 'utf8')).toContain(
			'modemscope_guard_acts{act="flash",result="done"} 1',
		);
	});
});

it('the metrics are for others to read, whatever the umask of the unit', () => {
	const before = process.umask(0o077);
	onTestFinished(() => void process.umask(before));
	const file = join(newFolder(), 'modemscope.prom');
	replaceFile(file, 'text', 0o644);
	expect(statSync(file).mode & 0o777).toBe(0o644);
});
