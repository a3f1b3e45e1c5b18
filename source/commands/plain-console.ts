import type { Event } from '../events.ts';
import { type ExitCode, exitCode } from '../problem.ts';
import { jsonText } from '../protocol/text/sanitize.ts';
import type { Session } from '../session/session.ts';
import type { Output } from './common/command.ts';
import { timedLines } from './common/event-line.ts';

export type PlainOptions = {
	/** One event a line instead of text. */
	readonly json: boolean;
	/** Seconds of the modem's time after which it ends; it goes on until it is told to stop unless given. */
	readonly seconds: number | undefined;
};

/**
 * The console where there is no screen: what happens and what it means, a line at a time, without
 * cursor control. For pipes, dumb terminals, and people who listen to their terminal.
 */
export async function plainConsole(
	session: Session,
	{ json, seconds }: PlainOptions,
	{ out, say }: Output,
): Promise<ExitCode> {
	const show = (event: Event) => {
		// A flash that runs owns the modem: what is found meanwhile is said, and nothing advised.
		const isQuiet = event.type === 'finding' && session.flash.running;
		const shown = isQuiet ? { ...event, next: [] } : event;
		for (const line of json ? [jsonText(event)] : timedLines(shown)) out(line);
	};
	if (session.devices.size === 0) say('modemscope: no modem is plugged in; waiting for one.');
	for (const event of session.log) show(event);
	const unsubscribe = session.log.subscribe(show);
	await told(seconds === undefined ? undefined : (seconds / (session.header.speed ?? 1)) * 1000);
	unsubscribe();
	await session.end();
	return exitCode.done;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at a signal, when nobody reads any more, or when the milliseconds have passed. */
function told(milliseconds: number | undefined): Promise<void> {
	return new Promise((resolve) => {
		// An interval keeps the process alive, where a modem that is not there would not.
		const timer = setInterval(end, milliseconds ?? 2 ** 31 - 1);
		function end() {
			clearInterval(timer);
			for (const signal of signals) process.off(signal, end);
			process.stdout.off('error', end).off('close', end);
			resolve();
		}
		for (const signal of signals) process.on(signal, end);
		process.stdout.on('error', end).on('close', end);
	});
}
