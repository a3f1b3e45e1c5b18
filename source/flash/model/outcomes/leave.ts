/** Outcomes of leaving a held loader without a flash. */
import { exitCode, Problem } from '../../../problem.ts';
import type { Ways } from '../ways.ts';
import { running, untouched, unwritten } from './states.ts';

export const nothingToLeave = () =>
	new Problem(exitCode.refusedBeforeWrite, 'No boot loader holds here: there is none to leave.', {
		modem: running,
		next: 'look with "modemscope watch --list".',
	});

export const leaveRefused = (ways: Ways) =>
	new Problem(exitCode.refusedBeforeWrite, 'The loader takes no reset: it is still there.', {
		modem: untouched,
		next: `${ways.out}.`,
	});

export const cameBackToLoader = (ways: Ways) =>
	new Problem(exitCode.refusedBeforeWrite, 'The modem reset, and came back to its loader.', {
		modem: 'It holds in its boot loader; nothing was written.',
		next: `${ways.out}; if it comes back again, its application does not start: flash it.`,
	});

export const didNotComeBack = (seconds: number, ways: Ways) =>
	new Problem(
		exitCode.noDevice,
		`The modem left its loader, and nothing came within ${seconds} s.`,
		{ modem: unwritten, next: `look with "modemscope watch"; if nothing comes, ${ways.out}.` },
	);

export const stoppedLeaving = () =>
	new Problem(exitCode.interrupted, 'Stopped, as asked.', { modem: untouched });
