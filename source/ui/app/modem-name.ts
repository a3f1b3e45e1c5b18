import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Session } from '../../session/session.ts';

/** `3-1 RC7620`, as far as it is known. */
export const modemName = ({ path, model }: Session): string =>
	[path, model]
		.filter((part) => part !== undefined)
		.map(sanitize)
		.join(' ');
