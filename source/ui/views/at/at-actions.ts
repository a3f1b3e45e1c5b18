import type { Session } from '../../../session/session.ts';
import { situationOf } from '../../../session/situation/situation.ts';
import { isLoader } from '../../../usb/device/modes.ts';
import type { Action } from '../../actions/view-context.ts';
import type { AtState } from './at-state.ts';
import { askRaw } from './RawOverlay.tsx';

function nextLine(session: Session): string | undefined {
	const { next } = situationOf(session);
	return next?.action === 'send' ? next.line : undefined;
}

export const atActions: readonly Action<AtState>[] = [
	{
		risk: 'none',
		where: 'at',
		name: 'Type an AT command',
		keys: ['i', 'enter'],
		hint: 'type a command',
		words: ['send', 'write'],
		unless: 'No modem can be asked here.',
		when: ({ session }) => session.modem !== undefined,
		run: (_, view) => view.startTyping(),
	},
	{
		risk: 'none',
		where: 'at',
		name: 'Read the state of this modem',
		keys: ['e'],
		step: 'read-state',
		hint: 'read this modem',
		isQuiet: ({ session }) => isLoader(session.devices.get(session.path ?? '')),
		words: ['snapshot', 'sweep', 'state', 'card', 'status'],
		unless: 'No modem can be asked here.',
		when: ({ session }) => session.hasUsb && session.modem !== undefined,
		run: (_, view) => view.readModem(),
	},
	{
		risk: 'none',
		where: 'at',
		name: 'Type the command of the next step',
		keys: ['s'],
		step: 'send',
		words: ['preference', 'mismatch', 'low power', 'radio'],
		unless: 'The next step is no AT command: see 1 USB.',
		when: ({ session }) => session.modem !== undefined && nextLine(session) !== undefined,
		run: ({ session }, view) => view.offerLine(nextLine(session) ?? ''),
	},
	{
		risk: 'none',
		where: 'at',
		name: 'Search the AT history',
		keys: ['ctrl-r'],
		hint: 'search history',
		unless: 'No modem can be asked here.',
		when: ({ session }) => session.modem !== undefined,
		run: (_, view) => view.searchHistory(),
	},
	{
		risk: 'modem',
		where: 'at',
		name: 'A raw port: a plain terminal',
		keys: ['R'],
		words: ['terminal', 'serial', 'tio', 'minicom', 'hex', 'nmea', 'diag', 'break'],
		unless: ({ session }) =>
			session.modem ? 'No port of a modem is there now.' : 'No modem can be asked here.',
		when: ({ session }) => (session.modem?.raw.ports().length ?? 0) > 0,
		run: (context) => askRaw(context),
	},
	{
		risk: 'none',
		where: 'at',
		name: 'Show this modem',
		keys: ['t'],
		words: ['card', 'facts', 'state'],
		run: (_, view) => view.showCard(),
	},
];
