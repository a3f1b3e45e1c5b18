import { unwritten } from '../../flash/model/outcomes/states.ts';
import type { Plan } from '../../flash/model/plan.ts';
import { modelNamed, namesModem, namesOf } from '../../modems/naming.ts';
import { exitCode, Problem } from '../../problem.ts';

/** The modem's name, as a person typed it to start this plan. Throws a Problem when it is another one. */
export function nameTyped(typed: string | undefined, plan: Plan): string {
	if (typed !== undefined && namesModem(typed, plan)) return modelNamed(typed, plan);
	const model = plan.families === undefined ? plan.model : `MODEL, with ${namesOf(plan)}`;
	throw new Problem(
		exitCode.usage,
		typed
			? `"${typed}" is not ${namesOf(plan)}.`
			: 'A flash must be asked for by the model’s name.',
		{ modem: unwritten, next: `add --yes-flash ${model}` },
	);
}
