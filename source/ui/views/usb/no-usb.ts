import type { Session } from '../../../session/session.ts';
import type { Appearance } from '../../text/appearance.ts';
import { wrap } from '../../text/lines.ts';

/** What to do where there is nothing to see on USB. */
export function noUsbRows(
	{ paint }: Appearance,
	{ player, hasUsb }: Session,
	width: number,
): string[] {
	const sentence = (says: string) => ['', ...wrap(says, width - 2).map((row) => ` ${row}`)];
	if (player) {
		return sentence(
			'This recording has no USB events up to this moment. Its traffic is in 4 Flash, its AT lines in 2 AT.',
		);
	}
	const says = hasUsb
		? 'No modem is plugged in. As soon as one shows up on USB, its life is drawn here.'
		: 'This machine shows no USB at all: a container or a machine without USB. What modemscope does can be tried all the same.';
	const ways = [
		['D', 'practise on a simulated modem; nothing real is touched'],
		['5', 'open a recording and play it'],
		['3', 'look into a firmware file'],
	];
	return [...sentence(says), '', ...ways.map(([key, does]) => `   ${paint.strong(key!)}  ${does}`)];
}
