import { describe, expect, it } from 'vitest';
import { stoppedInWrite } from '../../source/flash/model/outcomes/download.ts';
import { waysOf } from '../../source/flash/model/ways.ts';
import { models } from '../../source/modems/simulated.ts';
import { exitCode } from '../../source/problem.ts';
import { loaderDevice } from '../../source/simulator/device/devices.ts';
import { inKeys } from '../../source/ui/actions/console-words.ts';
import { paletteItems } from '../../source/ui/actions/global-dialogs.ts';
import { find } from '../../source/ui/components/Palette.tsx';
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

const looping = () => new FakeSession().add(...bootLoop(3));

function holding(): FakeSession {
	const session = looping();
	const device = loaderDevice(models.RC7620, 60);
	session.devices.set('3-1', device);
	return session.add({ t: 60, source: 'usb', type: 'usb-came', device });
}

describe('the next step', () => {
	it('leads the hint line, by the key of its view and then by its own', async () => {
		const session = holding();
		session.files = listed;
		const { press, text } = await openScreen({ session });
		expect(text()).toContain(' Next: 3 Firmware: open ');
		await press('3');
		expect(text()).toContain(' Next: ⏎ open ');
		session.firmware.opened = openFile();
		await press('g');
		expect(text()).toContain(' Next: F plan a flash ');
		await press('F');
		session.flasher.plan = plan;
		await press('g');
		expect(text()).toContain(' Next: s start ');
		// Its process takes a while to come: meanwhile nothing is started or planned again.
		session.flasher.isStarting = true;
		await press('g');
		expect(text()).not.toMatch(/ s start | p plan /);
		const asked = session.asked.length;
		await press('s', 'p');
		expect(text()).not.toContain('Type RC7620');
		expect(session.asked).toHaveLength(asked);
	});

	it('is arming in a loop, and then nothing but to wait for a window that is due', async () => {
		const session = looping();
		const { press, text } = await openScreen({ session });
		expect(text()).toContain(' Next: h arm boot and hold ');
		await press('h', 'enter');
		expect(session.asked).toEqual(['arm AT!BOOTHOLD']);
		expect(text().split('\n').at(-1)).toMatch(/^ Its next window/);
	});

	it('is taken with Enter where it is said', async () => {
		const { press, text } = await openScreen({ session: looping() });
		await press('tab', 'enter');
		expect(text()).toContain('>AT!BOOTHOLD');
	});

	it('leads to the files with Enter, and opens none unseen', async () => {
		const session = holding();
		const { press, text } = await openScreen({ session });
		await press('tab', 'enter');
		expect(text()).toContain('[3 Firmware]');
		expect(session.asked).toEqual([]);
	});

	it('leads to the flash that runs from every other view', async () => {
		const session = new FakeSession().add(...bootLoop(1), ...flashStarted);
		const { press, text } = await openScreen({ session });
		expect(text()).toContain(' Next: 4 Go to Flash ');
		await press('4');
		expect(text()).not.toContain('Next: 4');
	});

	it('is to plan what is left after a flash was stopped, in 1 USB and by the key of 4 Flash', async () => {
		const session = holding().add(...flashStarted);
		const { message, modem = '', next = '' } = stoppedInWrite(waysOf('RC7620'));
		session.add({
			t: 91,
			source: 'flash',
			type: 'flash-ended',
			exit: exitCode.failedDuringWrite,
			...{ message, modem, next },
		});
		session.add({
			...{ t: 91, source: 'diagnosis', type: 'finding', rule: 'flash-failed', path: '3-1' },
			...{ title: message, means: modem, certainty: 'proven', reference: '' },
			next: [next, 'Leave the modem powered, and see whether it holds.'],
		});
		session.flasher.unfinished = { ...unfinished, mode: 'flash' };
		const { press, text } = await openScreen({ session });
		expect(text()).toContain('Next: 4 c  Plan what is left of that flash.');
		expect(text()).not.toMatch(/power cycle|Leave the modem powered/);
		await press('4');
		expect(text()).toContain(' Next: c go on ');
		expect(text()).not.toMatch(/power cycle/);
		expect(text()).toContain('c plans what is left: the file is written from its start.');
		await press('c');
		expect(session.asked).toEqual(['continue']);
	});
});

describe('a key that does nothing', () => {
	it.each([
		['o', 'No boot loader holds here that could be left.'],
		['}', 'This is no recording: 5 Recordings opens one.'],
		['S', 'S is a key of 4 Flash: Stop the flash at its next safe point.'],
		['Z', 'Z does nothing here. ? lists the keys.'],
	])('%s says why', async (key, why) => {
		const { press, text } = await openScreen({ session: looping() });
		await press(key);
		expect(text()).toContain(why);
	});

	it('says in a recording that nothing can be sent from it', async () => {
		const session = new FakeSession().add(...hello).play({ t: 0, end: 60 });
		const { press, text } = await openScreen({ session });
		await press('h');
		expect(text()).toContain('This is a recording: nothing can be sent from it.');
	});

	it('says in a loader that holds why nothing is armed', async () => {
		const { press, text } = await openScreen({ session: holding() });
		expect(text()).not.toContain('h arm');
		await press('h');
		expect(text()).toContain('The boot loader holds already');
	});
});

describe('the palette', () => {
	it('lists what is not possible now, grey with its reason, behind what is', async () => {
		const { context, press, text } = await openScreen({ session: looping() });
		const [first] = find(paletteItems(context), 'start flash');
		expect(first).toMatchObject({ name: 'Start the planned flash' });
		await press(':', 'start flash');
		expect(text()).toContain('Start the planned flash: No flash is planned.');
		await press('enter');
		expect(text()).toContain('Open a file in 3 Firmware and press F there.');
		const reasons = paletteItems(context).map(({ reason }) => reason !== undefined);
		expect(reasons).toEqual(reasons.toSorted((a, b) => Number(a) - Number(b)));
	});
});

it('says in keys what advice says in commands', () => {
	expect(inKeys('If it holds, flash it: modemscope flash FILE. Send nothing else.')).toBe(
		'If it holds, flash it: 3, Enter, F. Send nothing else.',
	);
	expect(inKeys('Run modemscope flash again: it listens before it sends.')).toBe(
		'Flash it (3, Enter, F) again: it listens before it sends.',
	);
	expect(inKeys('Or send it in its next window: modemscope at --catch.')).toBe(
		'Or send it in its next window: h in 1 USB arms it.',
	);
	expect(inKeys('Or leave the loader: modemscope leave.')).toBe('Or leave the loader: o in 1 USB.');
	expect(inKeys('Flash both: modemscope flash FILE.cwe FILE.nvu.')).toBe(
		'Flash both: 3, Enter, F, and a adds the other.',
	);
});

describe('a line that is typed while the modem is away', () => {
	it('is offered to be armed, just as it was typed', async () => {
		const session = looping();
		const { press, text } = await openScreen({ session, view: 'at' });
		await press('i', 'ATI', 'enter');
		expect(text()).toContain('The modem is away');
		expect(session.asked).toEqual([]);
		await press('enter');
		expect(session.asked).toEqual(['arm ATI']);
	});

	it('asks for the word of what changes the modem, and arms it then', async () => {
		const session = looping();
		const { press, text } = await openScreen({ session, view: 'at' });
		await press('i', 'AT!BOOTHOLD', 'enter');
		expect(text()).not.toContain('to send it');
		await press('enter');
		expect(text()).toContain('Type BOOTHOLD to arm it.');
		await press('BOOTHOLD', 'enter');
		expect(session.asked).toEqual(['arm AT!BOOTHOLD']);
	});
});

it('asks before it leaves a flash that runs, at L as at q', async () => {
	const session = new FakeSession().add(...flashStarted);
	session.label = 'simulated';
	const live = new FakeSession();
	const { press, text } = await openScreen({ session, open: { live: async () => live } });
	await press('L');
	expect(text()).toContain('A flash is running');
	await press('enter');
	expect(session.asked).toEqual([]);
	await press('L', 'down', 'enter');
	expect(session.asked).toEqual(['end']);
});

it('shows stars for a password, and says when the modem refused it', async () => {
	const session = new FakeSession();
	session.at.wantsPassword = true;
	session.at.givePassword = () => {};
	const { press, text } = await openScreen({ session, view: 'at' });
	await press('i', 'AT!CUSTOM?', 'enter', 'wrong');
	expect(text()).toContain('Password: *****');
	expect(text()).not.toContain('wrong');
	await press('enter');
	expect(text()).toContain('The modem refused the password that was typed.');
});

it('begins a filter anew, unless the old one is gone on with', async () => {
	const { press, text } = await openScreen({ session: looping() });
	await press('f', 'type:came', 'enter');
	expect(text()).toContain('f type:came');
	await press('f', 'type:went', 'enter');
	expect(text()).toContain('f type:went');
	expect(text()).not.toContain('came');
});

it('takes a message and the filter away with the same Esc', async () => {
	const { press, text } = await openScreen({ session: looping() });
	await press('f', 'type:came', 'enter', 'Z');
	expect(text()).toContain('Z does nothing here.');
	expect(text()).toContain('f type:came');
	await press('esc');
	expect(text()).not.toContain('Z does nothing here.');
	expect(text()).not.toContain('f type:came');
});

it('says of a recording that is at its end how to come to its start', async () => {
	const session = new FakeSession().add(...hello).play({ t: 60, end: 60 });
	const { press, text } = await openScreen({ session, view: 'flash' });
	expect(text()).toContain('replay at its end 01:00');
	await press('.');
	expect(text()).toContain('This is its end. 0 goes to its start, Space plays it from there.');
});

it.each([60, 80, 100, 140])('has room for hours at %i columns', async (columns) => {
	const session = holding();
	session.time = 60 + 11_524;
	const { text } = await openScreen({ session, columns });
	expect(text()).toContain('held 3:12:04');
});

it('exports the chosen recording in the format that is chosen, and says where', async () => {
	const session = looping();
	session.files = listed;
	const written: string[] = [];
	const exporter = {
		formats: [
			{ name: 'text', says: 'lines' },
			{ name: 'pcapng', says: 'for Wireshark' },
		],
		write: async (path: string, format: string) => {
			written.push(`${path} ${format}`);
			return 'Written to /x/first.pcapng.';
		},
		packCase: async (path: string) => `Packed ${path} into /x/first.case, 9 bytes.`,
	};
	const { press, text } = await openScreen({
		session,
		view: 'recordings',
		open: { exporter: async () => exporter },
	});
	await press(':', 'wireshark', 'enter', 'down', 'enter');
	expect(written).toEqual(['/files/first pcapng']);
	expect(text()).toContain('Written to /x/first.pcapng.');
	await press('c');
	expect(text()).toContain('Packed /files/first into /x/first.case, 9 bytes.');
});
