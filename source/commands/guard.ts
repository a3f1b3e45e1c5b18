import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isoTime } from '../clock.ts';
import type { Event } from '../events.ts';
import { Budget } from '../guard/budget.ts';
import { guard } from '../guard/guard.ts';
import { actorOn } from '../guard/perform.ts';
import { observeOnly, readPolicy } from '../guard/policy.ts';
import { ownFolder, stateFolder } from '../own-files.ts';
import { type ExitCode, exitCode } from '../problem.ts';
import { jsonText } from '../protocol/text/sanitize.ts';
import { LiveSession } from '../session/kinds/live.ts';
import type { Output } from './common/command.ts';
import { findUsbHost } from './common/find-host.ts';
import type { GuardFlags } from './common/options.ts';

/** What a journal is for: bytes and progress are in the recording. */
const told = new Set<Event['type']>([
	...(['usb-came', 'usb-changed', 'usb-went', 'finding', 'fired', 'armed', 'disarmed'] as const),
	...(['flash-phase', 'flash-ended', 'note'] as const),
]);

/** `modemscope guard`: an unattended console, which says what happens as one JSON object a line. */
export async function guardCommand(flags: GuardFlags, { out }: Output): Promise<ExitCode> {
	const { policy: path, textfile } = flags;
	const policy = path === undefined ? observeOnly : readPolicy(path);
	const { host, origin, leave } = await findUsbHost(flags.rehearsal);
	const budget = new Budget(join(ownFolder(stateFolder()), 'guard.json'));
	const session = await LiveSession.open(host, origin, leave);
	const started = Date.now() - host.clock.now() * 1000;
	const wall = (t: number) => Math.round(started + t * 1000);
	const now = () => wall(host.clock.now());
	const line = (about: object, at = now()) => out(jsonText({ time: isoTime(at), ...about }));
	const show = (event: Event) => {
		if (told.has(event.type)) line(event, wall(event.t));
	};
	for (const event of session.log) show(event);
	const unsubscribe = session.log.subscribe(show);
	const end = new AbortController();
	const stop = () => end.abort();
	process.once('SIGINT', stop).once('SIGTERM', stop);
	if (flags.for !== undefined) void host.clock.sleep(flags.for, end.signal).then(stop);
	const stopNotifying = notifySystemd();
	try {
		const actor = actorOn(host, session, policy, end.signal);
		const say = (about: object) => line({ type: 'guard', ...about });
		say({ state: 'looks', policy });
		await guard(host, session, { policy, budget, actor, textfile, now, say }, end.signal);
	} finally {
		stopNotifying();
		unsubscribe();
		process.off('SIGINT', stop).off('SIGTERM', stop);
		await session.end();
	}
	return exitCode.done;
}

/** Tells systemd that we run, and again twice in each time of its watchdog, where it asks for that. */
function notifySystemd(): () => void {
	const { NOTIFY_SOCKET, WATCHDOG_USEC } = process.env;
	if (!NOTIFY_SOCKET) return () => {};
	const notify = (word: string) =>
		spawn('systemd-notify', [word], { stdio: 'ignore' }).on('error', () => {});
	notify('READY=1');
	const every = Number(WATCHDOG_USEC) / 1000 / 2;
	const timer = every > 0 ? setInterval(() => notify('WATCHDOG=1'), every) : undefined;
	return () => clearInterval(timer);
}
