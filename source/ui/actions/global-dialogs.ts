/** The dialogs that every view has. */
import { catalogue } from '../../at/catalogue.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Session } from '../../session/session.ts';
import { scenarios } from '../../simulator/modem/scenarios.ts';
import { modeLabel, modelOf } from '../../usb/device/modes.ts';
import type { Desk } from '../app/console-state.ts';
import { helpRows } from '../app/help.ts';
import { ChoiceDialog } from '../components/dialogs/choice-dialog.ts';
import { TextOverlay } from '../components/dialogs/text-dialog.ts';
import { TypedDialog } from '../components/dialogs/typed-dialog.ts';
import { Palette, type PaletteItem } from '../components/palette.ts';
import { keyLabel } from '../text/key-labels.ts';
import { stopLeaves } from '../views/flash/flash-format.ts';
import { viewTitles } from '../views/view.ts';

/** Quits; while a flash runs, only after asking what shall become of it. */
export function askQuit(desk: Desk): void {
	const { session } = desk;
	if (!session.flash.running || session.kind === 'replay') {
		desk.quit();
		return;
	}
	const choices = [
		{ label: 'Stay here', says: 'Nothing changes.', run: () => {} },
		{
			label: 'Leave it running and go',
			says: 'The flash is a process of its own. Start modemscope again to look at it.',
			run: desk.quit,
		},
		{
			label: 'Stop it at the next safe point, and stay to see it',
			says: stopLeaves(session.flash),
			run: () => void desk.attempt(() => session.stopFlash()),
		},
	];
	desk.ask((close) => new ChoiceDialog('A flash is running', '', choices, close));
}

/** Changes to another session; an armed command would be lost, so that is asked first. */
export function leaveFor(desk: Desk, open: () => Promise<Session>): void {
	const { armed } = desk.session;
	const leave = () => void desk.change(open);
	if (armed === undefined) {
		leave();
		return;
	}
	const choices = [
		{ label: 'Stay here', says: 'The command stays armed.', run: () => {} },
		{ label: 'Disarm it and go', says: 'Nothing is sent.', run: leave },
	];
	const title = `${sanitize(armed)} is armed`;
	desk.ask((close) => new ChoiceDialog(title, '', choices, close));
}

/** One level back: out of what was done to the list, then of the zoom, then of the view's own. */
export function goBack(desk: Desk): void {
	if (desk.view.cursor?.back()) return;
	if (desk.isZoomed) desk.isZoomed = false;
	else desk.view.back?.();
}

/** The virtual modems that can be rehearsed on. */
export function askScenario(desk: Desk): void {
	const choices = scenarios.map(({ name, says }) => ({
		label: name,
		says,
		run: () => leaveFor(desk, () => desk.open.rehearsal(name)),
	}));
	const says = 'A simulated modem, for practice: nothing real is touched.';
	desk.ask((close) => new ChoiceDialog('Which modem shall be rehearsed?', says, choices, close));
}

export function askDevice(desk: Desk): void {
	const { session } = desk;
	const choices = [...session.devices.values()].map((device) => ({
		label: sanitize(`${device.path}  ${device.vid}:${device.pid}  ${modelOf(device)}`),
		says: `${sanitize(device.manufacturer ?? 'maker unknown')}, ${modeLabel(device)}`,
		run: () => void desk.attempt(() => session.choosePath(device.path)),
	}));
	const says = 'All views look at this port, whatever mode the modem there is in.';
	desk.ask((close) => new ChoiceDialog('Which modem?', says, choices, close));
}

export function askMark(desk: Desk): void {
	const options = {
		title: 'Mark this moment',
		says: ['The note stands in the recording at this time.'],
		prompt: 'Note:',
		refuse: () => undefined,
		run: (text: string) => {
			void desk.attempt(() => desk.session.mark(text));
			desk.toasts.say('Marked.');
		},
	};
	desk.ask((close) => new TypedDialog(options, close));
}

/** Every action that can be done now, and every known AT command. */
export function askPalette(desk: Desk): void {
	desk.ask((close) => new Palette('What shall be done?', paletteItems(desk), close));
}

export function paletteItems(desk: Desk): PaletteItem[] {
	const { signs } = desk.look;
	const does = desk.actions
		.filter(
			({ where, when, keys }) => where !== 'typing' && keys[0] !== ':' && (when?.(desk) ?? true),
		)
		.map((action): PaletteItem => {
			const { where } = action;
			const key = action.keys[0] ? keyLabel(action.keys[0], signs) : '';
			return {
				name: action.name,
				note: action.risk === 'modem' ? `asks first  ${key}` : key,
				words: action.words ?? [],
				run: () => {
					if (where !== 'everywhere' && where !== 'typing') desk.show(where);
					void desk.attempt(() => action.run(desk));
				},
			};
		});
	const commands = catalogue.map(
		({ name, says, danger, synonyms = [] }): PaletteItem => ({
			name: `Type ${name}`,
			note: danger === 'read' || danger === 'gate' ? 'AT' : 'asks first  AT',
			words: [name, ...synonyms, says],
			run: () => {
				desk.show('at');
				desk.views.at.startTyping(name);
			},
		}),
	);
	return [...does, ...commands];
}

/** The keys of this view; pressed again, all keys. */
export function showHelp(desk: Desk, what: 'view' | 'all'): void {
	const title = what === 'view' ? `Keys in ${viewTitles[desk.viewName]}` : 'All keys';
	desk.ask((close) => {
		const all = {
			key: '?',
			says: 'all keys',
			run: () => {
				close();
				showHelp(desk, 'all');
			},
		};
		const rows = helpRows(desk, what);
		return new TextOverlay(title, rows, close, what === 'view' ? all : undefined);
	});
}
