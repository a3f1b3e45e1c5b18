import { runningJobs } from '../flash/job/lock.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { self } from '../program.ts';
import { LiveSession } from '../session/live.ts';
import { ReplaySession } from '../session/replay.ts';
import type { OpenSession, Session } from '../session/session.ts';
import { readRehearsal, startRehearsal } from '../simulator/backend/rehearsal.ts';
import { isViewName, viewNames } from '../ui/text/view-names.ts';
import type { Flags, Output } from './command.ts';
import { findHost } from './find-host.ts';
import { plainConsole } from './plain-console.ts';
import { replay } from './replay.ts';

/** A rehearsal runs this much faster than life unless it is told otherwise: a loop in 4 s, a flash in half a minute. */
const usualSpeed = 4;
const usualScenario = 'boot-loop';

export async function runConsoleCommand(
	_input: readonly string[],
	flags: Flags,
	output: Output,
): Promise<ExitCode> {
	const view = flags.text('view') ?? 'usb';
	if (!isViewName(view)) {
		throw new Problem(exitCode.usage, `There is no view "${view}".`, {
			next: `choose one of ${viewNames.join(', ')}.`,
		});
	}
	const open = opener(flags);
	if (isPlain(flags)) return runPlain(flags, open, output);
	// Ink and React are loaded for a screen only, and while the session is opened.
	const screen = import('../ui/console.tsx');
	const session = await first(flags, open);
	const { runConsole } = await screen;
	const fps = flags.number('fps');
	return runConsole(session, open, {
		view,
		ascii: flags.has('ascii'),
		...(fps === undefined ? {} : { fps }),
	});
}

/** Lines instead of a screen: asked for, or because there is no terminal that can show one. */
const isPlain = (flags: Flags): boolean =>
	flags.has('plain') ||
	flags.has('json') ||
	process.env.TERM === 'dumb' ||
	!process.stdin.isTTY ||
	!process.stdout.isTTY;

async function runPlain(flags: Flags, open: OpenSession, output: Output): Promise<ExitCode> {
	const json = flags.has('json');
	const path = flags.text('replay');
	if (path !== undefined) return replay(path, { json, columns: output.columns, out: output.out });
	const session = await first(flags, open);
	return plainConsole(session, { json, seconds: flags.number('for') }, output);
}

async function first(flags: Flags, open: OpenSession): Promise<Session> {
	const replay = flags.text('replay');
	if (replay !== undefined) return open.replay(replay);
	const session = (await followed()) ?? (await asked(flags, open));
	const device = flags.text('device');
	if (device !== undefined) session.choosePath(device);
	return session;
}

async function asked(flags: Flags, open: OpenSession): Promise<Session> {
	const demo = flags.text('demo');
	return demo === undefined ? open.live() : open.rehearsal(demo || usualScenario);
}

/** A flash on a rehearsed modem that outlived its console is taken up again; on a live one, every live session does. */
async function followed(): Promise<Session | undefined> {
	const jobs = await runningJobs();
	if (jobs.some(({ rehearsal }) => rehearsal === undefined)) return undefined;
	for (const { rehearsal } of jobs) {
		if (rehearsal !== undefined && (await readRehearsal(rehearsal))) return onHost(rehearsal);
	}
	return undefined;
}

async function onHost(folder: string | undefined): Promise<Session> {
	const { host, origin, leave } = await findHost(folder);
	return LiveSession.open(host, origin, leave);
}

function opener(flags: Flags): OpenSession {
	return {
		live: () => onHost(flags.text('rehearsal')),
		rehearsal: async (scenario) => {
			const speed = flags.number('speed') ?? usualSpeed;
			const { folder } = await startRehearsal({ scenario, speed, command: self() });
			return onHost(folder);
		},
		replay: (path) => ReplaySession.open(path),
	};
}
