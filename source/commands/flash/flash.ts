import { createInterface } from 'node:readline/promises';
import type { Event } from '../../events.ts';
import { runningJobs } from '../../flash/job/lock.ts';
import { runJob, stopOnSignals } from '../../flash/job/process.ts';
import type { Job } from '../../flash/job/record.ts';
import { interruptedFlashes } from '../../flash/job/recovery.ts';
import { type ResumePlan, resumePlan } from '../../flash/job/resume-plan.ts';
import { followJob, startJob, stopJob } from '../../flash/job/start.ts';
import { windowWait } from '../../flash/loader/enter.ts';
import { demandAllowed, type Plan } from '../../flash/model/plan.ts';
import { modelNamed, namesModem, namesOf } from '../../modems/naming.ts';
import { exitCode, Problem } from '../../problem.ts';
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';
import type { Output } from '../command.ts';
import { timedLines } from '../event-line.ts';
import { type FoundHost, findHost } from '../find-host.ts';
import type { FlashFlags } from '../options.ts';
import { openLoad } from './load.ts';
import { askVersion, findModem } from './modem.ts';
import { flashStatus } from './status.ts';

/** Seconds without a reset after which a flashed modem is said to stay up. */
const usualSettle = 60;

export async function flash(
	input: readonly string[],
	flags: FlashFlags,
	output: Output,
): Promise<number> {
	const stop = flags.job === undefined ? undefined : stopOnSignals();
	if (flags.follow) return followRunning(flags, output);
	const found = await findHost(flags.rehearsal);
	try {
		if (flags.status) return await flashStatus(found.host, output);
		const { paths, ...how } = flags.continue
			? await goOn(flags, found, output)
			: { paths: input, ...(await howIn(flags, found)) };
		if (paths.length === 0) {
			throw new Problem(exitCode.usage, 'Which file?', { next: 'usage: modemscope flash FILE…' });
		}
		return await planAndFlash(paths, how, flags, found, output, stop);
	} finally {
		found.leave();
	}
}

type How = Omit<ResumePlan, 'paths'>;

/** What a job was told; where a session that it goes on with stopped, it reads itself. */
async function howIn(flags: FlashFlags, { host }: FoundHost): Promise<How> {
	const mode = flags.way ?? 'flash';
	const programmer = flags.programmer;
	const told = {
		mode,
		programmer,
		protocol: flags.protocol,
		transport: flags.over,
	};
	if (mode !== 'rest') return { ...told, resume: undefined };
	const path = flags.device;
	const left = (await interruptedFlashes(host)).find(({ job }) => job.path === path);
	return { ...told, resume: left?.resume };
}

/** The flash that is gone on with, and how, by what the modem does now. */
async function goOn(flags: FlashFlags, { host }: FoundHost, { say }: Output): Promise<ResumePlan> {
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
	const device = (await listDevices(host.sysfs).catch(() => new Map())).get(left.job.path);
	const begun = resumePlan(left, device);
	return {
		...begun,
		protocol: flags.protocol ?? begun.protocol,
		transport: flags.over ?? begun.transport,
	};
}

async function planAndFlash(
	paths: readonly string[],
	{ programmer, ...how }: How,
	flags: FlashFlags,
	{ host, origin }: FoundHost,
	output: Output,
	stop: AbortSignal | undefined,
): Promise<number> {
	const recording = flags.job;
	const open = await openLoad(paths, programmer);
	try {
		const waits = flags.catch || recording !== undefined;
		const device = await findModem(host, flags.device, waits ? windowWait : 0);
		const made = await open.plan({
			host,
			device,
			from: flags.from ?? (recording === undefined ? await askVersion(host, device) : undefined),
			...how,
			overrides: flags.override,
		});
		demandPlanned(made, flags.digest);
		if (recording === undefined) showPlan(made, flags, output);
		demandAllowed(made);
		if (flags.dryRun) return exitCode.done;
		const plan = { ...made, model: await demandModel(made, flags, output) };
		const settle = flags.settle ?? usualSettle;
		if (recording === undefined || stop === undefined) {
			return await follow(() => startJob(host, plan, settle), flags, output);
		}
		return await runJob({ host, origin, load: open.load, plan, settle, recording, stop });
	} finally {
		await open.close();
	}
}

/** A job writes the very bytes that its plan was made of, and agreed to. */
function demandPlanned({ digest }: Plan, planned: string | undefined): void {
	if (planned === undefined || planned === digest) return;
	throw new Problem(exitCode.fileRejected, 'The files were changed after the plan was made.', {
		modem: 'Nothing was written.',
		next: 'wait until their copy or download is done, and plan it again.',
	});
}

function showPlan(plan: Plan, flags: FlashFlags, { out }: Output): void {
	if (flags.json) {
		out(jsonText({ type: 'plan', ...plan }));
		return;
	}
	const names = [plan.file, ...plan.others].join(', then ');
	out(`${names}, ${plan.size} bytes, to ${plan.model} at ${plan.path}`);
	const words = { ok: 'ok', warn: 'note', refuse: 'NO' };
	for (const { name, state, says, overridden } of plan.checks) {
		const word = overridden ? 'SET ASIDE' : words[state];
		out(`  ${word.padEnd(5)} ${name.padEnd(11)} ${says}`);
	}
}

/** Nothing is written before the model was named; returns its name. */
async function demandModel(plan: Plan, flags: FlashFlags, { say }: Output): Promise<string> {
	const named = flags.yesFlash ?? (flags.json ? undefined : await ask(plan));
	if (named !== undefined && namesModem(named, plan)) return modelNamed(named, plan);
	say('modemscope: nothing was written.');
	const model = plan.families === undefined ? plan.model : `MODEL, with ${namesOf(plan)}`;
	throw new Problem(
		exitCode.usage,
		named
			? `"${named}" is not ${namesOf(plan)}.`
			: 'A flash must be asked for by the model’s name.',
		{ next: `add --yes-flash ${model}` },
	);
}

async function ask(plan: Plan): Promise<string | undefined> {
	if (!process.stdin.isTTY) return undefined;
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return await prompt.question(`Type the model to start (${sanitize(namesOf(plan))}): `);
	} finally {
		prompt.close();
	}
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
	const show = (event: Event) => {
		for (const line of flags.json ? [jsonText(event)] : timedLines(event)) out(line);
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
