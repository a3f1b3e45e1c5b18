import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { exitCode, Problem } from '../problem.ts';
import { holdersOf, type Process } from '../processes.ts';
import { sanitize } from '../protocol/text/sanitize.ts';

/** The port is another program's: says whose, as far as this user may see. */
export function portHeld(
	path: string,
	cause?: unknown,
	{ holders } = holdersOf('/proc', path),
): Problem {
	const [first, ...others] = holders;
	if (!first) {
		return new Problem(exitCode.noAccess, `Another program holds ${path}.`, {
			next: `see which with "sudo fuser -v ${path}", and stop it.`,
			cause,
		});
	}
	const more = others.length > 0 ? `, and ${others.length} more` : '';
	return new Problem(
		exitCode.noAccess,
		sanitize(`${path} is held by ${nameHolder(first)}${more}.`),
		{ next: `wait until it ends, or end it with "${howToStop(first)}".`, cause },
	);
}

/** Throws when another process has the tty open: two readers would share what the modem says. */
export function refuseHeldPort(path: string): void {
	// Everybody has /dev/null open, and a pseudo-terminal is there because somebody has.
	if (!/^(?:tty|cdc-wdm)/.test(basename(realpathSync(path)))) return;
	const found = holdersOf('/proc', path);
	if (found.holders.length > 0) throw portHeld(path, undefined, found);
}

/** Characters of a command that tell enough of it. */
const longestNamed = 200;

/** A program, with enough of its command to know it by: a sentence ends, whatever its arguments are. */
export function nameHolder({ name, pid, command }: Process): string {
	const said = command.length > longestNamed ? `${command.slice(0, longestNamed)}…` : command;
	return `${name} (process ${pid}: ${said})`;
}

/** The command that frees the port. */
export const howToStop = ({ name, pid }: Process): string =>
	name === 'ModemManager' ? 'sudo systemctl stop ModemManager' : `kill ${pid}`;
