import { describe, expect, it } from 'vitest';
import { models } from '../../source/modems/simulated.ts';
import { exitCode, Problem } from '../../source/problem.ts';
import { loaderDevice } from '../../source/simulator/device/devices.ts';
import { paletteItems } from '../../source/ui/actions/global-dialogs.ts';
import { actions } from '../../source/ui/app/keymap.ts';
import { find } from '../../source/ui/components/Palette.tsx';
import { keyLabel } from '../../source/ui/text/key-labels.ts';
import { unicodeSymbols } from '../../source/ui/text/symbols.ts';
import {
	bootLoop,
	FakeSession,
	flashStarted,
	hello,
	listed,
	openFile,
	plan,
	unfinished,
} from './fake-session.ts';
import { openScreen } from './screen.tsx';

describe('arming', () => {
	it('lists BOOTHOLD first, and arms it after Enter and not before', async () => {
		const { press, session, text } = await openScreen();
		await press('h');
		expect(text()).toContain('>AT!BOOTHOLD');
		expect(text()).toContain('The modem stays offline until it is flashed or power cycled.');
		expect(session.asked).toEqual([]);
		await press('enter');
		expect(session.asked).toEqual(['arm AT!BOOTHOLD']);
	});

	it('offers to disarm what is armed, and keeps it unless told', async () => {
		const session = new FakeSession();
		session.at.armed = 'AT!BOOTHOLD';
		const { press, text } = await openScreen({ session });
		expect(text()).toContain('armed AT!BOOTHOLD');
		await press('h', 'enter');
		expect(session.asked).toEqual([]);
		await press('h', 'down', 'enter');
		expect(session.asked).toEqual(['disarm']);
	});
});

describe('leaving a held loader', () => {
	it('is there where one holds, and asks for the model, in any case', async () => {
		const session = new FakeSession();
		const { press, text } = await openScreen({ session });
		await press('o');
		expect(text()).not.toContain('Leave the boot loader');
		session.devices.set('3-1', loaderDevice(models.RC7620, 60));
		await press('o');
		expect(text()).toContain('Leave the boot loader');
		await press('WP7607', 'enter');
		expect(text()).toContain('That is not RC7620. Nothing was sent.');
		expect(session.asked).toEqual([]);
		await press('esc', 'o', 'rc7620', 'enter');
		expect(session.asked).toEqual(['leave rc7620']);
	});
});

describe('the timelines', () => {
	it('have longer columns with < and shorter ones with >', async () => {
		const { press, text } = await openScreen({ session: new FakeSession().add(...bootLoop(2)) });
		expect(text()).toMatch(/Last 73 s {2}/);
		await press('<');
		expect(text()).toMatch(/ 02:26, 2 s each {2}\S+ app {2}\S+ boot {2}\S+ gone /);
		await press('<', '<', '<', '<', '<', '<');
		expect(text()).toMatch(/60 s each/);
		await press('>', '>', '>', '>', '>', '>');
		expect(text()).toMatch(/Last 73 s {2}/);
	});
});

describe('typing AT commands', () => {
	it('sends what only reads at once', async () => {
		const { press, session } = await openScreen({ view: 'at' });
		await press('i', 'ATI', 'enter');
		expect(session.asked).toEqual(['send ATI']);
	});

	it('loses no key of a burst, not even the Enter in it', async () => {
		const { press, session } = await openScreen();
		await press('2iAT!GSTATUS?\rATI\r');
		expect(session.asked).toEqual(['send AT!GSTATUS?', 'send ATI']);
	});

	it('takes a paste as text, never as keys or as an Enter', async () => {
		const { press, session, text } = await openScreen({ view: 'at' });
		await press('i', '\u001b[200~ATI\r\nAT!RESET\r\n\u001b[201~');
		expect(text()).toContain('Send 2 lines, one after the other?');
		expect(session.asked).toEqual([]);
		await press('esc', '\u001b[200~ATI\r\n\u001b[201~');
		expect(text()).toContain('AT> ATI');
		await press('esc', '\u001b[200~q\u001b[201~');
		expect(text()).toContain('Pasted text was not used');
		expect(session.asked).toEqual([]);
	});

	it('wants the name again of what costs something, and says what it costs', async () => {
		const { press, session, text } = await openScreen({ view: 'at' });
		await press('i', 'AT!RMARESET=1', 'enter');
		expect(text()).toContain('There is no way back.');
		await press('yes', 'enter');
		expect(text()).toContain('That is not RMARESET. Nothing was sent.');
		expect(session.asked).toEqual([]);
		await press('\u0015RMARESET', 'enter');
		expect(session.asked).toEqual(['send AT!RMARESET=1']);
	});

	it('completes, goes back in the history and searches it', async () => {
		const session = new FakeSession().add(
			{ t: 1, source: 'at', type: 'at-sent', port: 'p', command: 'ATI' },
			{ t: 2, source: 'at', type: 'at-sent', port: 'p', command: 'AT!PRIID?' },
		);
		const { press, text } = await openScreen({ session, view: 'at' });
		await press('i', 'AT!BO', 'tab');
		expect(text()).toContain('AT> AT!BOOTHOLD');
		await press('up', 'up');
		expect(text()).toContain('AT> ATI ');
		await press('ctrl-r', 'pri', 'enter');
		expect(text()).toContain('AT> AT!PRIID?');
	});

	it('asks for the password that the modem wants, once, and does it again', async () => {
		const session = new FakeSession();
		session.at.wantsPassword = true;
		const { press, text } = await openScreen({ session, view: 'at' });
		await press('i', 'AT!IMPREF?', 'enter');
		expect(text()).toContain('The modem wants AT!ENTERCND first');
		expect(text()).toContain('The modem takes AT!IMPREF? only after AT!ENTERCND');
		await press('a"b', 'enter');
		expect(text()).toContain('That can be no password');
		await press('\u0015A710', 'enter');
		expect(session.asked).toEqual(['send AT!IMPREF?', 'password A710', 'send AT!IMPREF?']);
		expect(text()).not.toContain('The modem wants');
	});

	it('names the first of several commands that want the password', async () => {
		const session = new FakeSession();
		session.at.wantsPassword = true;
		const { press, text } = await openScreen({ session, view: 'at' });
		await press('e');
		expect(text()).toContain('The modem takes AT!BAND? and 2 other commands');
	});

	it('types digits as text and changes the view with Alt', async () => {
		const { press, text } = await openScreen({ view: 'at' });
		await press('i', '5');
		expect(text()).toContain('AT> 5');
		await press('alt-5');
		expect(text()).toContain('[5 Recordings]');
	});

	it('shows a refusal with the state and the next step until a key', async () => {
		const session = new FakeSession();
		session.at.refuses = new Problem(exitCode.noDevice, 'There is no AT port.', {
			modem: 'The modem is gone.',
			next: 'arm the command.',
		});
		const { press, text } = await openScreen({ session, view: 'at' });
		await press('i', 'ATI', 'enter');
		expect(text()).toContain('There is no AT port. The modem is gone. Next: arm the command.');
		await press('esc');
		expect(text()).not.toContain('There is no AT port.');
	});
});

describe('flashing', () => {
	it('starts only when the model is named', async () => {
		const session = new FakeSession();
		session.flasher.plan = plan;
		const { press, text } = await openScreen({ session, view: 'flash' });
		expect(text()).toContain('! the modem had carrier SIERRA');
		await press('s', 'RC7611', 'enter');
		expect(text()).toContain('That is not RC7620. Nothing was started.');
		expect(session.asked).toEqual([]);
		await press('\u0015RC7620', 'enter');
		expect(session.asked).toEqual(['start RC7620']);
	});

	it('sets a refusal aside that may be, when its name is typed', async () => {
		const session = new FakeSession();
		const says = 'the file is for another chip';
		session.flasher.plan = {
			...plan,
			checks: [{ name: 'product', state: 'refuse', says, mayOverride: true }],
		};
		const { press, text } = await openScreen({ session, view: 'flash' });
		expect(text()).toContain('s sets “product” aside');
		await press('s', 'RC7620', 'enter');
		expect(text()).toContain('That is not product. Nothing was overridden.');
		await press('\u0015product', 'enter');
		expect(session.asked).toEqual(['set aside product']);
	});

	it('offers to go on with a flash that was left unfinished', async () => {
		const session = new FakeSession();
		session.flasher.unfinished = unfinished;
		const { press, text } = await openScreen({ session, view: 'flash' });
		expect(text()).toContain('A flash was left unfinished');
		expect(text()).toContain('c plans what is left: nothing is written: the loader is reset');
		await press('c');
		expect(session.asked).toEqual(['continue']);
	});

	it('does not even ask when the plan refuses', async () => {
		const session = new FakeSession();
		session.flasher.plan = {
			...plan,
			checks: [{ name: 'file', state: 'refuse', says: 'it is damaged' }],
		};
		const { press, text } = await openScreen({ session, view: 'flash' });
		await press('s');
		expect(text()).toContain('The plan does not allow it: it is damaged');
		expect(text()).not.toContain('Model:');
	});

	it.each(['q', 'ctrl-c'])(
		'asks at %s while a flash runs, and does what was chosen',
		async (key) => {
			const session = new FakeSession().add(...flashStarted);
			const { press, text, quits } = await openScreen({ session });
			await press(key, 'down', 'down');
			expect(text()).toContain('part of the file');
			expect(quits()).toBe(0);
			await press('enter');
			expect(session.asked).toEqual(['stop']);
			expect(quits()).toBe(0);
			await press(key, 'down', 'enter');
			expect(quits()).toBe(1);
		},
	);

	it('plans the open file and goes to the plan', async () => {
		const session = new FakeSession();
		session.firmware.opened = openFile();
		const { press, text } = await openScreen({ session, view: 'firmware' });
		await press('F');
		expect(session.asked).toEqual(['plan']);
		expect(text()).toContain('[4 Flash]');
	});

	it('freezes the traffic and follows it again', async () => {
		const session = new FakeSession().add(...hello);
		const { press, text, settle } = await openScreen({ session, view: 'flash' });
		await press(' ');
		session.add(...flashStarted);
		await settle();
		expect(text()).toContain('FROZEN');
		expect(text()).toContain('>0002');
		await press(' ');
		expect(text()).toContain('>0003');
	});
});

describe('global', () => {
	it('goes to the views with digits', async () => {
		const { press, text } = await openScreen();
		for (const [key, title] of [
			['2', '2 AT'],
			['3', '3 Firmware'],
			['4', '4 Flash'],
			['5', '5 Recordings'],
			['1', '1 USB'],
		]) {
			await press(key!);
			expect(text()).toContain(`[${title}]`);
		}
	});

	it('filters the images of a firmware file by field', async () => {
		const session = new FakeSession();
		session.firmware.opened = openFile();
		const { press, text } = await openScreen({ session, view: 'firmware' });
		expect(text()).toMatch(/0x0000000 +SPKG/);
		await press('f', 'type:boot', 'enter');
		expect(text()).toContain('Nothing passes the filter');
		await press('f', '\u0015type:spkg check:checking', 'enter');
		expect(text()).toMatch(/0x0000000 +SPKG/);
	});

	it('quits with q when nothing runs, and never with Esc', async () => {
		const { press, quits } = await openScreen({ session: new FakeSession().add(...bootLoop(3)) });
		await press('esc', 'esc', '?', 'esc', ':', 'esc', 'h', 'esc');
		expect(quits()).toBe(0);
		await press('q');
		expect(quits()).toBe(1);
	});

	it('shows the keys of the table in the hints and in the help', async () => {
		const { press, text, context } = await openScreen({
			session: new FakeSession().add(...bootLoop(3)),
			rows: 60,
		});
		expect(text()).toContain('h arm boot and hold');
		await press('?');
		for (const { keys, name } of context.actionsOf('view')) {
			expect(text()).toContain(name);
			expect(text()).toContain(keyLabel(keys[0]!, unicodeSymbols));
		}
		await press('?');
		expect(text()).toContain('All keys');
	});

	it('finds arming by the words that people use for it', async () => {
		const { context, press, session } = await openScreen();
		const [first] = find(paletteItems(context), 'bootcmd');
		expect(first?.name).toBe('Arm a command for the next window (AT!BOOTHOLD)');
		await press(':', 'bootcmd', 'enter', 'enter');
		expect(session.asked).toEqual(['arm AT!BOOTHOLD']);
	});

	it('has no key that a terminal or a multiplexer takes', () => {
		const taken = ['ctrl-s', 'ctrl-q', 'ctrl-a', 'ctrl-b'];
		expect(actions.flatMap(({ keys }) => keys).filter((key) => taken.includes(key))).toEqual([]);
	});

	it('gives each key one meaning a view', async () => {
		const { context } = await openScreen();
		for (const view of ['usb', 'at', 'firmware', 'flash', 'recordings'] as const) {
			context.viewName = view;
			const keys = context.actionsOf('view').flatMap((action) => action.keys);
			expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
		}
	});
});

describe('recordings', () => {
	it('opens one, plays it by keys and goes back with Esc', async () => {
		const session = new FakeSession();
		session.files = listed;
		const replay = new FakeSession().play({ t: 0, end: 60 });
		const opened: string[] = [];
		const live = new FakeSession();
		const { press, text } = await openScreen({
			session,
			view: 'recordings',
			open: {
				live: async () => live,
				replay: async (path) => {
					opened.push(path);
					return replay;
				},
			},
		});
		await press('down', 'enter');
		expect(opened).toEqual(['/files/second']);
		expect(session.asked).toEqual(['end']);
		expect(text()).toContain('replay paused 00:00/01:00');
		await press(' ', '.', ',', '=', '-', '0');
		expect(replay.asked).toEqual(['play', 'step 1', 'step -1', 'speed 2', 'speed 0.5', 'seek 0']);
		await press('5', 'esc');
		expect(replay.asked.at(-1)).toBe('end');
	});

	it('starts and stops a recording with r', async () => {
		const session = new FakeSession();
		const { press } = await openScreen({ session });
		await press('r');
		session.recording.path = '/tmp/a.ndjson';
		await press('r');
		expect(session.asked).toEqual(['record', 'stop recording']);
	});
});

it('looks through a long log to its end, though nothing happens and no key is pressed', async () => {
	const session = new FakeSession();
	for (let t = 0; t < 20_000; t++) session.add({ t, source: 'person', type: 'mark', text: 'x' });
	const { press, settle, text } = await openScreen({ session, view: 'recordings' });
	await press('tab', 'f', 'type:mark', 'enter');
	await settle();
	expect(text()).toContain('(20000)');
});
