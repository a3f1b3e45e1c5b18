/** The dialogs that every view has. */

import { ifStopped } from '../../flash/model/outcomes/if-stopped.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { ModemControl, Session } from '../../session/session.ts';
import { scenarios } from '../../simulator/modem/scenarios.ts';
import { modelOf } from '../../usb/device/model.ts';
import { modeLabel } from '../../usb/device/modes.ts';
import { ChoiceDialog } from '../components/dialogs/ChoiceDialog.tsx';
import { TextDialog } from '../components/dialogs/TextDialog.tsx';
import { TypedDialog } from '../components/dialogs/TypedDialog.tsx';
import { Palette, type PaletteItem } from '../components/Palette.tsx';
import { keyLabel } from '../text/key-labels.ts';
import { viewNames, viewTitles } from '../text/view-names.ts';
import { helpRows } from './help.ts';
import { isPossible, runAction, whyNot } from './run-action.ts';
import type { ViewContext } from './view-context.ts';

const goesOn = 'The flash is a process of its own. Start modemscope again to look at it.';

/** Quits the console; what that costs is asked first. */
export const askQuit = (context: ViewContext): void => askBefore(context, context.quit);

/** Changes to another session; what that costs is asked first. */
export const leaveFor = (context: ViewContext, open: () => Promise<Session>): void =>
	askBefore(context, () => void context.change(open));

/** An armed command would be lost, and a flash that runs would be out of sight: a person decides. */
function askBefore(context: ViewContext, leave: () => void): void {
	const { modem, flash } = context.session;
	const armed = modem?.at.armed;
	if (modem && flash.running) askOfFlash(context, modem, leave);
	else if (armed !== undefined) askOfArmed(context, armed, leave);
	else leave();
}

function askOfFlash(context: ViewContext, { flasher }: ModemControl, leave: () => void): void {
	const choices = [
		{ label: 'Stay here', says: 'Nothing changes.', run: () => {} },
		{ label: 'Leave it running and go', says: goesOn, run: leave },
		{
			label: 'Stop it at the next safe point, and stay to see it',
			says: ifStopped(context.session.flash),
			run: () => void context.attempt(() => flasher.stop()),
		},
	];
	context.openOverlay((close) => new ChoiceDialog('A flash is running', '', choices, close));
}

function askOfArmed(context: ViewContext, armed: string, leave: () => void): void {
	const choices = [
		{ label: 'Stay here', says: 'The command stays armed.', run: () => {} },
		{ label: 'Disarm it and go', says: 'Nothing is sent.', run: leave },
	];
	const title = `${sanitize(armed)} is armed`;
	context.openOverlay((close) => new ChoiceDialog(title, '', choices, close));
}

/** One level back: out of what was done to the list, then of the zoom, then of the view's own. */
export function goBack(context: ViewContext): void {
	if (context.view.list?.back()) return;
	if (context.isZoomed) context.isZoomed = false;
	else context.view.back?.();
}

/** The virtual modems that can be rehearsed on. */
export function askScenario(context: ViewContext): void {
	const choices = scenarios.map(({ name, says }) => ({
		label: name,
		says,
		run: () => leaveFor(context, () => context.open.rehearsal(name)),
	}));
	const says = 'A simulated modem, for practice: nothing real is touched.';
	context.openOverlay(
		(close) => new ChoiceDialog('Which modem do you want to simulate?', says, choices, close),
	);
}

export function askDevice(context: ViewContext): void {
	const { session } = context;
	const choices = [...session.devices.values()].map((device) => ({
		label: sanitize(`${device.path}  ${device.vid}:${device.pid}  ${modelOf(device)}`),
		says: `${sanitize(device.manufacturer ?? 'maker unknown')}, ${modeLabel(device)}`,
		run: () => void context.attempt(() => session.choosePath(device.path)),
	}));
	const says = 'All views look at this port, whatever mode the modem there is in.';
	context.openOverlay((close) => new ChoiceDialog('Which modem?', says, choices, close));
}

export function askMark(context: ViewContext): void {
	const options = {
		title: 'Mark this moment',
		says: [
			context.session.player
				? 'The note is kept at this time in a file beside the recording.'
				: 'The recording keeps the note at this time.',
		],
		prompt: 'Note:',
		refuse: () => undefined,
		run: (text: string) =>
			void context.attempt(async () => context.toasts.show(await context.session.mark(text))),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}

/** Every action, what is not possible now with its reason, and every known AT command. */
export function askPalette(context: ViewContext): void {
	context.openOverlay((close) => new Palette('Run an action', paletteItems(context), close));
}

export function paletteItems(context: ViewContext): PaletteItem[] {
	const { symbols } = context.appearance;
	const does = context.actions
		.filter(({ where, keys }) => where !== 'typing' && keys[0] !== ':')
		.map((action): PaletteItem => {
			const { where } = action;
			const key = action.keys[0] ? keyLabel(action.keys[0], symbols) : '';
			if (!isPossible(action, context)) {
				const reason = whyNot(action, context);
				const { name, words = [] } = action;
				return { name, note: '', words, reason, run: () => context.toasts.show(reason) };
			}
			return {
				name: action.name,
				note: action.risk === 'modem' ? `asks first  ${key}` : key,
				words: action.words ?? [],
				run: () => {
					if (where !== 'global' && where !== 'typing') context.show(where);
					void runAction(action, context);
				},
			};
		});
	const possible = does.filter(({ reason }) => reason === undefined);
	const others = does.filter(({ reason }) => reason !== undefined);
	return [
		...possible,
		...viewNames.flatMap((name) => context.views[name].paletteItems?.() ?? []),
		...others,
	];
}

/** The keys of this view; pressed again, all keys. */
export function showHelp(context: ViewContext, what: 'view' | 'all'): void {
	const title = what === 'view' ? `Keys in ${viewTitles[context.viewName]}` : 'All keys';
	context.openOverlay((close) => {
		const all = {
			key: '?',
			says: 'all keys',
			run: () => {
				close();
				showHelp(context, 'all');
			},
		};
		const rows = helpRows(context, what);
		return new TextDialog(title, rows, close, what === 'view' ? all : undefined);
	});
}
