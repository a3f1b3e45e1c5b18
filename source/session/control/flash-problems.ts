/** What a person asked of a flash and cannot have: nothing was begun. */
import { type Named, namesOf } from '../../modems/naming.ts';
import { exitCode, Problem } from '../../problem.ts';

export const byProgrammer = () =>
	new Problem(exitCode.usage, 'That flash is one of partitions, which the console does not plan.', {
		next: 'go on with it by "modemscope flash --continue".',
	});

export const noPlan = () =>
	new Problem(exitCode.usage, 'There is no plan that may be started.', { next: 'press p.' });

export const notNamed = (typed: string, named: Named, what: string) =>
	new Problem(exitCode.usage, `"${typed}" is not ${namesOf(named)}: nothing was ${what}.`);
