import { resolve } from 'node:path';
import type { Event, UsbDevice } from '../../events.ts';
import { runningJobs } from '../../flash/job/lock.ts';
import type { Job } from '../../flash/job/record.ts';
import { interruptedFlashes } from '../../flash/job/recovery.ts';
import { type ResumePlan, resumePlan } from '../../flash/job/resume-plan.ts';
import { followJob, startJob, startUnplanned, stopJob } from '../../flash/job/start.ts';
import { windowWait } from '../../flash/loader/enter.ts';
import { demandAllowed, type Plan } from '../../flash/model/plan.ts';
import type { Host } from '../../host.ts';
import { namesOf } from '../../modems/naming.ts';
import { exitCode, Problem } from '../../problem.ts';
import { grouped } from '../../protocol/text/numbers.ts';
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';
import { ask } from '../common/ask.ts';
import type { Output } from '../common/command.ts';
import { timedLines } from '../common/event-line.ts';
import { type FoundHost, findHost } from '../common/find-host.ts';
import { deviceWithPort } from '../common/find-port.ts';
import type { FlashFlags } from '../common/options.ts';
import { GhostLines } from './ghost-lines.ts';
import { carryOutJob } from './job.ts';
import { openLoad } from './load.ts';
import { askModem, findModem } from './modem.ts';
import { nameTyped } from './name-typed.ts';
import { flashStatus } from './status.ts';

export async function flash(
	input: readonly string[],
	flags: FlashFlags,
	output: Output,
): Promise<number> {
	if (flags.job) return carryOutJob(output);
	if (flags.follow) return followRunning(flags, output);
	const found = await findHost(flags.rehearsal);
	try {
		if (flags.status) return await flashStatus(found.host, output);
		const { paths, ...how } = flags.continue
			? await resumeLast(flags, found, output)
			: { paths: input, ...choicesIn(flags), device: undefined };
		if (paths.length === 0) {
			throw new Problem(exitCode.usage, 'Which file?', { next: 'usage: modemscope flash FILE…' });
		}
		return await planAndFlash(paths, how, flags, found.host, output);
	} finally {
		found.leave();
	}
}

type Choices = Omit<ResumePlan, 'paths'>;

const choicesIn = ({ programmer, protocol, over }: FlashFlags): Choices => ({
	programmer,
	protocol,
	transport: over === 'auto' ? undefined : over,
});

/** The flash to resume, and how, by what the modem does now; one that restarts is waited for. */
async function resumeLast(
	flags: FlashFlags,
	{ host }: FoundHost,
	{ say }: Output,
): Promise<ResumePlan & { device: UsbDevice }> {
	const wanted = flags.device;
	const left = (await interruptedFlashes(host)).find(
		({ job }) => (wanted ?? job.path) === job.path,
	);
	if (!left) {
		throw new Problem(exitCode.noDevice, 'No flash was left unfinished.', {
			next: 'flash a file with "modemscope flash FILE".',
		});
	}
	say(`modemscope: ${left.says} ${left.modem}`);
	const { path } = left.job;
	const isThere = (await listDevices(host.sysfs)).has(path);
	if (!isThere)
		say(`modemscope: no modem is at ${path} now: waiting up to ${windowWait} s for it.`);
	const device = await findModem(host, path, windowWait);
	const begun = resumePlan(left, device);
	return {
		...begun,
		device,
		protocol: flags.protocol ?? begun.protocol,
		transport: flags.over === 'auto' ? undefined : (flags.over ?? begun.transport),
	};
}

async function planAndFlash(
	paths: readonly string[],
	{ programmer, device: known, ...choices }: Choices & { device: UsbDevice | undefined },
	flags: FlashFlags,
	host: Host,
	output: Output,
): Promise<number> {
	const wait = flags.catch ? windowWait : 0;
	const find = async () => known ?? findModem(host, await pathNamed(host, flags), wait);
	if (flags.yesFlash !== undefined && !flags.dryRun) {
		const device = await find();
		const [file = '', ...others] = paths.map((path) => resolve(path));
		const wanted = { ...choices, file, others, programmer, path: device.path };
		const { yesFlash: model, override: overrides, settle } = flags;
		const start = () =>
			startUnplanned(host, { ...wanted, model, overrides, settle }, (plan) =>
				showPlan(plan, flags, output),
			);
		return follow(start, flags, output);
	}
	// A file that cannot be flashed is said where no modem is there, too.
	const open = await openLoad(paths, programmer);
	try {
		const device = await find();
		const told = await askModem(host, device);
		const made = await open.plan({ host, device, ...told, ...choices, overrides: flags.override });
		showPlan(made, flags, output);
		demandAllowed(made);
		if (flags.dryRun) return exitCode.done;
		if (flags.rehearse) {
			const { rehearseFlash } = await import('./rehearse.ts');
			const planned = { ...choices, overrides: flags.override };
			return await rehearseFlash(open, device, told, planned, flags, output);
		}
		const plan = { ...made, model: await demandModel(made, flags, output) };
		return await follow(() => startJob(host, plan, flags.settle), flags, output);
	} finally {
		await open.close();
	}
}

function showPlan(plan: Plan, flags: FlashFlags, { out }: Output): void {
	if (flags.json) {
		out(jsonText({ type: 'plan', ...plan }));
		return;
	}
	const names = [plan.file, ...plan.others].join(', then ');
	out(`${names}, ${grouped(plan.size)} bytes, to ${plan.model} at ${plan.path}`);
	const words = { ok: 'ok', warn: 'note', refuse: 'NO' };
	for (const { name, state, says, overridden } of plan.checks) {
		const word = overridden ? 'OVERRIDDEN' : words[state];
		out(`  ${word.padEnd(5)} ${name.padEnd(11)} ${says}`);
	}
}

/** Nothing is written before the model was named; returns its name. */
async function demandModel(plan: Plan, flags: FlashFlags, { say }: Output): Promise<string> {
	try {
		return nameTyped(
			flags.json ? undefined : await ask(`Type the model to start (${sanitize(namesOf(plan))}): `),
			plan,
		);
	} catch (error) {
		say('modemscope: nothing was written.');
		throw error;
	}
}

/** As --device has it, or where the port is plugged in that was named. */
async function pathNamed(host: Host, { device, port }: FlashFlags): Promise<string | undefined> {
	if (port === undefined) return device;
	const { path } = await deviceWithPort(host, port);
	if (device === undefined || device === path) return path;
	throw new Problem(exitCode.usage, `${sanitize(port)} is at ${path}, and not at ${device}.`, {
		next: 'leave one of --device and --port away.',
	});
}

/** Follows a flash from its start on; who interrupts it asks it to stop, also before it is there. */
async function follow(
	begin: () => Promise<Job>,
	flags: FlashFlags,
	{ out, say }: Output,
): Promise<number> {
	let job: Job | undefined;
	let asked = false;
	const stop = () => {
		asked = true;
		say('modemscope: asked the flash to stop at its next safe point.');
		if (job) void stopJob(job);
	};
	process.on('SIGINT', stop);
	const ghost = new GhostLines(flags);
	const show = (event: Event) => {
		for (const line of flags.json ? [jsonText(event)] : timedLines(event)) out(line);
		for (const line of ghost.add(event)) out(line);
	};
	try {
		job = await begin();
		if (asked) await stopJob(job);
		const forEver = new AbortController().signal;
		const code = await followJob(job, { onHeader: () => {}, onEvent: show }, forEver);
		return code ?? exitCode.failed;
	} finally {
		process.off('SIGINT', stop);
	}
}

async function followRunning(flags: FlashFlags, output: Output): Promise<number> {
	const jobs = await runningJobs();
	const wanted = flags.device;
	const job = jobs.find(({ path }) => (wanted ?? path) === path);
	if (job) return follow(async () => job, flags, output);
	throw new Problem(exitCode.noDevice, 'No flash runs.', {
		next: 'see with "modemscope flash --status" how the last one ended.',
	});
}
