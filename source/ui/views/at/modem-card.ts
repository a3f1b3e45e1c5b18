/** What is known of the modem that is looked at, and what that has led to. */
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Session } from '../../../session/session.ts';
import { situationOf } from '../../../session/situation/situation.ts';
import { isLoader } from '../../../usb/device/modes.ts';
import { inKeys } from '../../actions/console-words.ts';
import type { Appearance } from '../../text/appearance.ts';
import { clockTime } from '../../text/format.ts';
import { hangingIndent, wrap } from '../../text/lines.ts';
import { fieldRows } from './answer-fields.ts';

/** Rules that read answers. */
const fromAnswers = new Set(['low-power', 'crash-action', 'crashed-before', 'no-modem-port']);

export function cardRows(appearance: Appearance, session: Session, width: number): string[] {
	const { facts, header } = session;
	if (facts.isEmpty) {
		const how = isLoader(session.devices.get(session.path ?? ''))
			? 'Its boot loader does not speak AT: its application is read.'
			: 'Press e to read it: that changes nothing.';
		const says = `It has not said anything of itself yet. ${how}`;
		return wrap(says, width - 2).map((row) => ` ${row}`);
	}
	const found = new Map(
		situationOf(session)
			.findings.filter(({ rule }) => fromAnswers.has(rule))
			.map((finding) => [finding.title, finding]),
	);
	const titles = [...found.keys()].flatMap((title) =>
		hangingIndent(' ! ', sanitize(title), width - 1).map(appearance.paint.bad),
	);
	const steps = [...found.values()].flatMap(({ title, next }) => [
		'',
		...wrap(sanitize(title), width - 2).map((row) => ` ${appearance.paint.strong(row)}`),
		...next.flatMap((step) =>
			hangingIndent(' Next: ', sanitize(inKeys(step)), width - 1).map(appearance.paint.warn),
		),
	]);
	const read = facts.readAt === undefined ? '' : ` read ${clockTime(header, facts.readAt)}`;
	return [
		...titles,
		...fieldRows(appearance, facts.card, width),
		appearance.paint.dim(read),
		...steps,
	];
}
