/** What stands out, and why: lists in which each row is a place to go to. */
import type { EventOf } from '../../events.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import {
	type Place,
	type Remark,
	remarkGroups,
	type Severity,
	severities,
} from '../../session/remarks/remark.ts';
import type { Remarks } from '../../session/remarks/remarks.ts';
import { type Subject, subjectOf, whyOf } from '../../session/remarks/why.ts';
import type { Session } from '../../session/session.ts';
import { situationOf } from '../../session/situation/situation.ts';
import { ChoiceDialog } from '../components/dialogs/ChoiceDialog.tsx';
import { clockTime } from '../text/format.ts';
import { goToMoment } from './moments.ts';
import { viewOf } from './remark-views.ts';
import type { ViewContext } from './view-context.ts';

const letters: Readonly<Record<Severity, string>> = { error: 'E', warning: 'W', note: 'N' };

/** `E2 W5 N14`; empty where nothing stands out. */
export function remarkCounts({ counts }: Remarks): string {
	return severities
		.flatMap((severity) =>
			counts[severity] > 0 ? [`${letters[severity]}${counts[severity]}`] : [],
		)
		.join(' ');
}

/** `2 errors, 5 warnings`: notes are not read out with each frame. */
export function spokenCounts({ counts: { error, warning } }: Remarks): string {
	const many = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
	return [
		...(error > 0 ? [many(error, 'error')] : []),
		...(warning > 0 ? [many(warning, 'warning')] : []),
	].join(', ');
}

function jumpTo(context: ViewContext, place: Place): void {
	context.show(viewOf[place.among]);
	context.view.goTo?.(place);
}

/** Its words now: the figures of a loop are those of all its resets, here as everywhere. */
function wordsOf({ finding, says }: Remark, { findings }: Session): string {
	const isIt = ({ t, rule }: EventOf<'finding'>) => t === finding?.t && rule === finding.rule;
	return sanitize(finding ? (findings.findLast(isIt)?.title ?? says) : says);
}

/** Up to now; of a recording all, those to come too. */
const remarksOf = ({ player, remarks }: Session): Remarks => player?.overview?.remarks ?? remarks;

/** In a recording, to its moment too. */
function goTo(context: ViewContext, { place, says }: Remark): void {
	if (context.session.player?.overview) goToMoment(context, { t: place.t, says, place });
	else jumpTo(context, place);
}

/** All that stands out, by what it is about; errors first. */
export function showRemarks(context: ViewContext): void {
	const { session } = context;
	const { header } = session;
	const remarks = remarksOf(session);
	const { all } = remarks;
	if (all.length === 0) {
		context.toasts.show('Nothing stands out so far: no errors, no warnings, no notes.');
		return;
	}
	const rank = ({ group, severity }: Remark) =>
		remarkGroups.indexOf(group) * severities.length + severities.indexOf(severity);
	const choices = all
		.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)
		.map((remark) => {
			const { severity, group, place } = remark;
			const says = wordsOf(remark, session);
			return {
				label: `${group.padEnd(8)} ${letters[severity]} ${clockTime(header, place.t)} ${says}`,
				says,
				run: () => goTo(context, remark),
			};
		});
	const groups = remarkGroups.flatMap((group) => {
		const count = all.filter((one) => one.group === group).length;
		return count > 0 ? [`${group} ${count}`] : [];
	});
	const title = `Errors, warnings, notes: ${remarkCounts(remarks)}`;
	context.openOverlay((close) => new ChoiceDialog(title, groups.join(', '), choices, close));
}

/** The remark that each session was taken to last. */
const visited = new WeakMap<Remarks, number>();

/** Behind the last one (1) or before it (-1), over the end and on; in a recording, as seen from its moment. */
function nextOf(
	all: readonly Remark[],
	by: 1 | -1,
	last: Remark | undefined,
	{ player }: Session,
): Remark | undefined {
	const isMoved = player?.overview !== undefined && last?.place.t !== player.t;
	const isBehind = ({ number, place }: Remark) =>
		isMoved ? place.t > player.t : number > (last?.number ?? 0);
	const isBefore = ({ number, place }: Remark) =>
		isMoved ? place.t < player.t : number < (last?.number ?? Number.POSITIVE_INFINITY);
	return by === 1 ? (all.find(isBehind) ?? all[0]) : (all.findLast(isBefore) ?? all.at(-1));
}

/** To the next (1) or the previous (-1) error or warning. */
export function nextRemark(context: ViewContext, by: 1 | -1): void {
	const { session } = context;
	const { header } = session;
	const remarks = remarksOf(session);
	const all = remarks.all.filter(({ severity }) => severity !== 'note');
	const last = all.find(({ number }) => number === visited.get(remarks));
	const next = nextOf(all, by, last, session);
	if (!next) {
		context.toasts.show('There are no errors and no warnings so far.');
		return;
	}
	visited.set(remarks, next.number);
	goTo(context, next);
	const { severity, group, place } = next;
	const where = `${all.indexOf(next) + 1} of ${all.length}`;
	const says = wordsOf(next, session);
	context.toasts.show(
		`${letters[severity]} ${where}, ${group}, ${clockTime(header, place.t)}: ${says}`,
	);
}

const leads = { itself: '  ', evidence: '< ', before: '  before: ' } as const;

/** The chain of evidence of what is looked at, back to the first cause that is recorded. */
export function showWhy(context: ViewContext): void {
	const { session, view } = context;
	const subject = view.subject?.() ?? mostPressing(context);
	if (!subject) {
		context.toasts.show('There is nothing to explain: nothing was found, and nothing went wrong.');
		return;
	}
	const causes = whyOf(session, subject);
	const choices = causes.map(({ says, place, why }) => ({
		label: `${clockTime(session.header, place.t)} ${leads[why]}${sanitize(says)}`,
		says: sanitize(says),
		run: () => jumpTo(context, place),
	}));
	const says =
		causes.length === 1
			? 'Nothing that led to it is recorded.'
			: 'A row with < is its evidence. What came before need not be its cause. Enter goes to the row.';
	context.openOverlay((close) => new ChoiceDialog('Why?', says, choices, close));
}

/** What was found and holds, else the last thing that went wrong. */
function mostPressing({ session }: ViewContext): Subject | undefined {
	const [finding] = situationOf(session).findings;
	if (finding) return subjectOf(finding);
	for (const remark of session.remarks.backwards()) if (remark.severity !== 'note') return remark;
	return undefined;
}
