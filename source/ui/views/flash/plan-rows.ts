import type { Plan } from '../../../flash/model/plan.ts';
import { overridable, refuses } from '../../../flash/model/plan.ts';
import { exitCode } from '../../../problem.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { RehearsalRun } from '../../../session/session.ts';
import { inKeys } from '../../actions/console-words.ts';
import type { Appearance } from '../../text/appearance.ts';
import { megabytes } from '../../text/format.ts';
import { hangingIndent } from '../../text/lines.ts';
import { fileRows } from './file-rows.ts';
import { modemIn, versionsOf } from './flash-format.ts';

/** What will be done, and each check with its evidence. */
export function planRows(
	appearance: Appearance,
	plan: Plan,
	rehearsal: RehearsalRun | undefined,
	width: number,
): string[] {
	const { paint, symbols } = appearance;
	const { size, path, checks } = plan;
	const marks = {
		ok: { sign: symbols.done, paint: paint.good },
		warn: { sign: symbols.warning, paint: paint.warn },
		refuse: { sign: symbols.failed, paint: paint.bad },
	};
	const aside = overridable(plan);
	const stands = aside
		? ` It is refused: mend what is marked, or ${paint.strong('s')} sets “${aside.name}” aside.`
		: paint.bad(' It cannot be started: see what is marked.');
	const next = refuses(plan)
		? stands
		: ` ${paint.strong('s')} starts it, after asking for the model’s name.`;
	const about = `${megabytes(size)}   to ${sanitize(`${path} ${modemIn(plan)}`)}`;
	const versions = versionsOf(appearance, plan);
	const [file = '', ...more] = fileRows({ paint, symbols }, plan, plan.resume?.accepted ?? 0);
	const head = more.length
		? [file, ...more, ` ${about}   ${versions}`]
		: [`${file}  ${about}`, ` ${versions}`];
	return [
		...head,
		// Where room is short the end of the plan is out of sight.
		...rehearsalRows(appearance, rehearsal, width),
		...checks.flatMap(({ state, says, overridden }) => {
			const mark = marks[state];
			const text = inKeys(overridden ? `overridden by you: ${says}` : says);
			return hangingIndent(` ${mark.sign} `, sanitize(text), width - 1).map(
				state === 'ok' ? plain : mark.paint,
			);
		}),
		...(mayRehearse(plan) && !rehearsal
			? [` ${paint.strong('t')} rehearses it first, on a simulated modem of its own.`]
			: []),
		next,
	];
}

const plain = (row: string) => row;

/** Firmware files for a boot loader are: nobody plays a chip in EDL, or the rest of a flash. */
export const mayRehearse = (plan: Plan): boolean =>
	plan.mode === 'flash' && plan.programmer === undefined && !refuses(plan);

/** How the rehearsal of this plan stands. */
function rehearsalRows(
	{ paint, symbols }: Appearance,
	rehearsal: RehearsalRun | undefined,
	width: number,
): string[] {
	if (!rehearsal) return [];
	const { isRunning, progress } = rehearsal;
	const { ended, current, sent, total } = progress;
	if (isRunning) {
		const part = total > 0 ? `${Math.floor((100 * sent) / total)} % sent` : '';
		const says = [`Rehearsal on a simulated modem: ${current?.phase ?? 'it starts'}`, part];
		return [paint.warn(` ${symbols.running} ${says.filter(Boolean).join(', ')}`)];
	}
	const isWell = ended?.exit === exitCode.done;
	const says = isWell
		? 'Rehearsed: it ended well. Nothing was sent to the modem. The flash is shown against it.'
		: `Rehearsed: it failed. ${ended?.message ?? ''} Nothing was sent to the modem.`;
	const sign = isWell ? symbols.done : symbols.failed;
	return hangingIndent(` ${sign} `, sanitize(says), width - 1).map(isWell ? paint.good : paint.bad);
}
