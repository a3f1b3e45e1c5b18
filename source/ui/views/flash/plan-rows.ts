import type { Plan } from '../../../flash/model/plan.ts';
import { overridable, refuses } from '../../../flash/model/plan.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { inKeys } from '../../actions/console-words.ts';
import type { Appearance } from '../../text/appearance.ts';
import { megabytes } from '../../text/format.ts';
import { hangingIndent } from '../../text/lines.ts';
import { fileRows } from './file-rows.ts';

/** What will be done, and each check with its evidence. */
export function planRows({ paint, symbols }: Appearance, plan: Plan, width: number): string[] {
	const { size, path, model, from = 'unknown', to, checks } = plan;
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
	const about = `${megabytes(size)}   to ${sanitize(`${path} ${model}`)}`;
	const versions = `${sanitize(from)} ${symbols.arrow} ${sanitize(to)}`;
	const [file = '', ...more] = fileRows({ paint, symbols }, plan, plan.resume?.accepted ?? 0);
	const head = more.length
		? [file, ...more, ` ${about}   ${versions}`]
		: [`${file}  ${about}`, ` ${versions}`];
	return [
		...head,
		...checks.flatMap(({ state, says, overridden }) => {
			const mark = marks[state];
			const text = inKeys(overridden ? `overridden by you: ${says}` : says);
			return hangingIndent(` ${mark.sign} `, sanitize(text), width - 1).map(
				state === 'ok' ? plain : mark.paint,
			);
		}),
		next,
	];
}

const plain = (row: string) => row;
