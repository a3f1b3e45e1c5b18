import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Event, Fact, Source } from '../events.ts';
import { openFirmware } from '../firmware/firmware-file.ts';
import { followJob, startJob, stopJob } from '../flash/job.ts';
import { type Job, runningJobs, takeLock } from '../flash/lock.ts';
import { makePlan } from '../flash/make-plan.ts';
import { demandAllowed, type Plan } from '../flash/plan.ts';
import { runFlash } from '../flash/run.ts';
import { exitCode, Problem } from '../problem.ts';
import { createWriter } from '../recording/writer.ts';
import { isModem } from '../usb/modes.ts';
import { listDevices } from '../usb/sysfs.ts';
import type { Flags, Output } from './command.ts';
import { eventLine } from './event-line.ts';
import { type FoundHost, findHost } from './find-host.ts';

/** Seconds without a reset after which a flashed modem is said to stay up. */
const usualSettle = 60;

export async function flash(
	input: readonly string[],
	flags: Flags,
	output: Output,
): Promise<number> {
	if (flags.has('status')) return status(output);
	if (flags.has('follow')) return followRunning(flags, output);
	const [file] = input;
	if (file === undefined) {
		throw new Problem(exitCode.usage, 'Which file?', { next: 'usage: modemscope flash FILE' });
	}
	const found = await findHost(flags.text('rehearsal'));
	try {
		return await planAndFlash(file, flags, found, output);
	} finally {
		found.leave();
	}
}

async function planAndFlash(
	path: string,
	flags: Flags,
	{ host, origin }: FoundHost,
	output: Output,
): Promise<number> {
	const job = flags.text('job');
	const file = await openFirmware(path);
	try {
		const devices = await listDevices(host.sysfs).catch(() => new Map());
		const wanted = flags.text('device');
		const device = [...devices.values()].find((entry) =>
			wanted === undefined ? isModem(entry) : entry.path === wanted,
		);
		if (!device) {
			throw new Problem(exitCode.noDevice, `No modem is there${wanted ? ` at ${wanted}` : ''}.`, {
				next: 'look with "modemscope watch", or catch it with "modemscope at --catch --yes AT!BOOTHOLD".',
			});
		}
		const plan = await makePlan({
			host,
			file,
			checks: await file.verify(),
			device,
			from: flags.text('from'),
		});
		if (job === undefined) showPlan(plan, flags, output);
		demandAllowed(plan);
		if (flags.has('dryRun')) return exitCode.done;
		await demandModel(plan, flags, output);
		const settle = flags.number('settle') ?? usualSettle;
		if (job === undefined) return await follow(() => startJob(host, plan, settle), flags, output);

		// Whoever sees the lock may ask this process to stop.
		const stop = stopOnSignals();
		const release = await takeLock({
			path: plan.path,
			file: path,
			model: plan.model,
			recording: job,
			...(host.rehearsal === undefined ? {} : { rehearsal: host.rehearsal }),
		});
		const recorder = record(job, `flash of ${plan.model}`, origin, host.clock);
		const code = await runFlash(host, file, plan, settle, {
			clock: host.clock,
			emit: recorder.emit,
			stop,
		});
		await recorder.close();
		await release();
		return code;
	} finally {
		await file.close();
	}
}

/** The job's own recording: its only way to say anything. */
function record(path: string, title: string, origin: string, clock: FoundHost['host']['clock']) {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const started = new Date(Date.now() - (clock.now() / clock.speed) * 1000).toISOString();
	const writer = createWriter(path, { modemscope: 1, started, title, origin, speed: clock.speed });
	return {
		emit: (source: Source, fact: Fact) => writer.append({ t: clock.now(), source, ...fact }),
		close: () => writer.close(),
	};
}

/** A closing terminal changes nothing; who asks to stop is heard at the next safe point. */
function stopOnSignals(): AbortSignal {
	const stop = new AbortController();
	process.on('SIGHUP', () => {});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
	return stop.signal;
}

function showPlan(plan: Plan, flags: Flags, { out }: Output): void {
	if (flags.has('json')) {
		out(JSON.stringify({ type: 'plan', ...plan }));
		return;
	}
	out(`${plan.file}, ${plan.size} bytes, to ${plan.model} at ${plan.path}`);
	const words = { ok: 'ok', warn: 'note', refuse: 'NO' };
	for (const { state, says } of plan.checks) out(`  ${words[state].padEnd(5)} ${says}`);
}

/** Nothing is written before the model was named. */
async function demandModel(plan: Plan, flags: Flags, { say }: Output): Promise<void> {
	const named = flags.text('yesFlash') ?? (flags.has('json') ? undefined : await ask(plan));
	if (named?.trim() === plan.model) return;
	say('modemscope: nothing was written.');
	throw new Problem(
		exitCode.usage,
		named ? `"${named}" is not ${plan.model}.` : 'A flash must be asked for by the model’s name.',
		{ next: `add --yes-flash ${plan.model}` },
	);
}

async function ask(plan: Plan): Promise<string | undefined> {
	if (!process.stdin.isTTY) return undefined;
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return await prompt.question(`Type the model to start (${plan.model}): `);
	} finally {
		prompt.close();
	}
}

/** Follows a flash from its start on; who interrupts it asks it to stop, also before it is there. */
async function follow(
	begin: () => Promise<Job>,
	flags: Flags,
	{ out, say }: Output,
): Promise<number> {
	let job: Job | undefined;
	let asked = false;
	const stop = () => {
		asked = true;
		say('modemscope: asked the flash to stop at its next safe point.');
		if (job) stopJob(job);
	};
	process.on('SIGINT', stop);
	const show = (event: Event) => {
		const line = flags.has('json') ? JSON.stringify(event) : eventLine(event);
		if (line === undefined) return;
		out(
			flags.has('json')
				? line
				: `${event.t.toFixed(1).padStart(7)}  ${line.replaceAll('\n', '\n         ')}`,
		);
	};
	try {
		job = await begin();
		if (asked) stopJob(job);
		const forEver = new AbortController().signal;
		const code = await followJob(job, { onHeader: () => {}, onEvent: show }, forEver);
		return code ?? exitCode.failed;
	} finally {
		process.off('SIGINT', stop);
	}
}

async function followRunning(flags: Flags, output: Output): Promise<number> {
	const jobs = await runningJobs();
	const wanted = flags.text('device');
	const job = jobs.find(({ path }) => (wanted ?? path) === path);
	if (job) return follow(async () => job, flags, output);
	throw new Problem(exitCode.noDevice, 'No flash runs.', {
		next: 'its recording is among those of view 5.',
	});
}

async function status({ out }: Output): Promise<number> {
	const jobs = await runningJobs();
	for (const { model, path, file, pid, recording } of jobs) {
		out(`${model} at ${path}: ${file}, process ${pid}, recorded in ${recording}`);
	}
	if (jobs.length === 0) out('No flash runs.');
	return exitCode.done;
}
