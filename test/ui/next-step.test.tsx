import { describe, expect, it } from 'vitest';
import { models } from '../../source/modems/simulated.ts';
import { loaderDevice } from '../../source/simulator/device/devices.ts';
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
