import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Session } from '../../session/session.ts';
import { situationOf } from '../../session/situation/situation.ts';
import type { Situation } from '../../session/situation/standing.ts';

/** How things stand, in the few words of the header line. */
export const status = (session: Session): Pick<Situation, 'words' | 'grade'> =>
	situationOf(session);

/** `3-1 RC7620`, as far as it is known. */
export const modemName = ({ path, model }: Session): string =>
	[path, model]
		.filter((part) => part !== undefined)
		.map(sanitize)
		.join(' ');
