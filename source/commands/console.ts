import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { runningJobs } from '../flash/job/lock.ts';
import { compileWell } from '../heap.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { standardInput } from '../recording/file/open-any.ts';
import { self } from '../self.ts';
import { FollowSession } from '../session/kinds/follow.ts';
import { LiveSession } from '../session/kinds/live.ts';
import { ReplaySession } from '../session/kinds/replay.ts';
import type { OpenSession, Session } from '../session/session.ts';
import { readRehearsal, startRehearsal } from '../simulator/backend/rehearsal.ts';
import type { Output } from './common/command.ts';
import { drawsAscii, readConfig } from './common/config.ts';
import { findHost, findUsbHost } from './common/find-host.ts';
import type { ConsoleFlags } from './common/options.ts';
import { plainConsole } from './plain-console.ts';
import { readPaste } from './read-paste.ts';
import { replay } from './recording/replay.ts';

/** The usual speed of a simulation: a boot loop takes 4 s, a flash half a minute. */
const usualSpeed = 4;

export async function runConsoleCommand(flags: ConsoleFlags, output: Output): Promise<ExitCode> {
	const config = readConfig();
	const { theme, commands } = config;
	const keyboard = flags.follow === undefined ? undefined : theTerminal();
	if (!keyboard && isPlain(flags)) return runPlain(flags, opener(flags, findUsbHost), output);
	const open = opener(flags, findHost);
	// Ink and React are loaded for a screen only, and while the session is opened.
	const screen = import('../ui/console.tsx');
	const session = keyboard ? followed(keyboard) : await opened(flags, open, output);
	if (!session) return exitCode.interrupted;
	const { runConsole } = await screen;
	const fps = flags.fps;
	return runConsole(session, open, {
		...(keyboard ? { keyboard } : {}),
		view: flags.view ?? 'usb',
		ascii: flags.ascii || drawsAscii(config),
		commands,
		...(theme === undefined ? {} : { background: theme }),
		say: output.out,
		...(fps === undefined ? {} : { fps }),
	});
}

/** Undefined when nothing is to be opened after all. */
const opened = (flags: ConsoleFlags, open: OpenSession, output: Output) =>
	flags.paste ? pasted(open, output) : first(flags, open);

/** A session on what comes through standard input. */
function followed(keyboard: ReadStream): FollowSession {
	const session = new FollowSession(process.stdin);
	// A program of Node at the pipe's other end gives the terminal back as it found it when it ends.
	void session.ended.then(() => {
		if (!keyboard.isRaw) return;
		keyboard.setRawMode(false);
		keyboard.setRawMode(true);
	});
	return session;
}

/** The keyboard of a console whose standard input is a pipe. */
function theTerminal(): ReadStream {
	if (!process.stdout.isTTY) throw noScreen();
	try {
		return new ReadStream(openSync('/dev/tty', 'r+'));
	} catch (cause) {
		throw noScreen(cause);
	}
}

const noScreen = (cause?: unknown) =>
	new Problem(exitCode.usage, 'There is no terminal to draw on and to type at.', {
		cause,
		next: 'for lines in place of a screen, pipe into "modemscope replay -".',
	});

/** Lines instead of a screen: asked for, or because there is no terminal that can show one. */
const isPlain = (flags: ConsoleFlags): boolean =>
	flags.plain ||
	flags.json ||
	process.env.TERM === 'dumb' ||
	!process.stdin.isTTY ||
	!process.stdout.isTTY;

async function runPlain(flags: ConsoleFlags, open: OpenSession, output: Output): Promise<ExitCode> {
	const json = flags.json;
	const path = flags.paste ? standardInput : flags.replay;
	if (path !== undefined) {
		compileWell();
		return replay(path, { json, ...output });
	}
	const session = await first(flags, open);
	return plainConsole(session, { json, seconds: flags.for }, output);
}

/** A replay of what is pasted into the terminal; undefined when nothing is to be opened after all. */
async function pasted(open: OpenSession, output: Output): Promise<Session | undefined> {
	const text = await readPaste(process.stdin, output);
	return text && open.paste(text);
}

async function first(flags: ConsoleFlags, open: OpenSession): Promise<Session> {
	const replay = flags.replay;
	if (replay !== undefined) return open.replay(replay);
	const session = await asked(flags, open);
	const device = flags.device;
	if (device !== undefined) session.choosePath(device);
	return session;
}

async function asked(flags: ConsoleFlags, open: OpenSession): Promise<Session> {
	const demo = flags.demo;
	if (demo !== undefined) return open.rehearsal(demo);
	return (await leftRunning()) ?? open.live();
}

/** A flash on a rehearsed modem that outlived its console is taken up again; on a live one, every live session does. */
async function leftRunning(): Promise<Session | undefined> {
	const jobs = await runningJobs();
	if (jobs.some(({ rehearsal }) => rehearsal === undefined)) return undefined;
	for (const { rehearsal } of jobs) {
		if (rehearsal !== undefined && (await readRehearsal(rehearsal))) return onHost(rehearsal);
	}
	return undefined;
}

async function onHost(folder: string | undefined, find = findHost): Promise<Session> {
	const { host, origin, leave } = await find(folder);
	return LiveSession.open(host, origin, leave);
}

/** `find` tells whether a live machine must show USB. */
function opener(flags: ConsoleFlags, find: typeof findHost): OpenSession {
	let rehearsed: string | undefined;
	/** Of the simulated modem that is shown, or was last; it may have ended since. */
	const shown = () =>
		rehearsed !== undefined && readRehearsal(rehearsed) ? rehearsed : flags.rehearsal;
	return {
		live: () => onHost(flags.rehearsal, find),
		rehearsal: async (scenario) => {
			const speed = flags.speed ?? usualSpeed;
			const { folder } = await startRehearsal({ scenario, speed, command: self() });
			rehearsed = folder;
			return onHost(folder);
		},
		replay: (path) => ReplaySession.open(path),
		exporter: async () => (await import('./console-exporter.ts')).consoleExporter(shown()),
		paste: (text) => ReplaySession.ofPasted(text),
	};
}
