import { exitCode, Problem } from '../../../problem.ts';
import { freeTheDisk } from './states.ts';

export const nobodyPlays = (name: string, played: readonly string[]): Problem =>
	new Problem(exitCode.usage, `The simulator plays no modem of the family of ${name}.`, {
		modem: 'Nothing was sent to the modem.',
		next: `it plays ${played.join(', ')}; see the plan with --dry-run.`,
	});

/** It judges a programmer by a mark of the simulator's own. */
export const edlNotRehearsed = (): Problem =>
	new Problem(
		exitCode.usage,
		'A chip in EDL cannot be rehearsed: nobody can play its signatures.',
		{
			modem: 'Nothing was sent to the modem.',
			next: 'see the plan with --dry-run.',
		},
	);

export const notKept = (folder: string, { code }: NodeJS.ErrnoException): Problem =>
	new Problem(
		exitCode.failed,
		`The rehearsal was carried out and cannot be kept in ${folder}: the disk says ${code}.`,
		{ modem: 'Nothing was sent to the modem.', next: freeTheDisk },
	);

export const didNotCome = (): Problem =>
	new Problem(exitCode.failed, 'The simulated modem did not come.', {
		modem: 'Nothing was sent to the modem.',
	});
