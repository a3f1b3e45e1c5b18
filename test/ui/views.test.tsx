import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import { type ViewName, viewNames } from '../../source/ui/text/view-names.ts';
import {
	application,
	bootLoop,
	FakeSession,
	flashStarted,
	hello,
	listed,
	openFile,
	plan,
} from './fake-session.ts';
import { openScreen } from './screen.tsx';

const foundLoop: Event = {
	t: 95,
	source: 'diagnosis',
	type: 'finding',
	rule: 'boot-loop',
	title: 'Boot loop',
	means: 'The modem starts its application and resets 2.4 s later, again and again. '.repeat(5),
	next: ['hold it in the boot loader', 'flash it'],
	certainty: 'likely',
	reference: 'a field log',
};
const inLoop = () => new FakeSession().add(...bootLoop(4), foundLoop);

function everything(): FakeSession {
	const session = new FakeSession().add(...bootLoop(4), ...hello, ...flashStarted, foundLoop);
	session.firmware.opened = openFile();
	session.files = listed;
	session.flasher.plan = plan;
	session.recording.path = '/tmp/a.ndjson';
	session.devices.set('3-1', application);
	return session;
}

const sizes = [
	[80, 24],
	[140, 45],
	[120, 30],
	[60, 16],
	[20, 6],
	[200, 60],
] as const;

describe.each(viewNames)('view %s', (view: ViewName) => {
	it.each(sizes)('fills %i x %i and nothing more', async (columns, rows) => {
		const full = await openScreen({ session: everything(), view, columns, rows });
		expect(full.lines()).toHaveLength(rows);
		expect(full.tooWide()).toEqual([]);
		const empty = await openScreen({ view, columns, rows });
		expect(empty.lines().length).toBeLessThanOrEqual(rows);
		expect(empty.tooWide()).toEqual([]);
	});

	it('draws only ASCII when asked to', async () => {
		const { raw } = await openScreen({ session: everything(), view, ascii: true });
		expect(raw()).toMatch(/^[\x00-\x7f]*$/);
	});
});

it('shows the loop: its figures, its comings and goings, what it means and what is next', async () => {
	const { text, lines } = await openScreen({ session: inLoop() });
	expect(text()).toContain('loop: up 2.4 s / down 11.8 s, 4 cycles');
	expect(text()).toMatch(/\+ +1199:68c0 +app 4 if +ttyUSB0-2 cdc-wdm0/);
	expect(text()).toContain('Next: h  Arm AT!BOOTHOLD for the next window.');
	expect(lines()[3]).toMatch(/^ 3-1 .*▁███▁/);
});

it('says how a flash stands, with the bytes that are left and the silence that follows', async () => {
	const { text } = await openScreen({ session: everything(), view: 'flash' });
	expect(text()).toContain('FLASHING 62 %');
	expect(text()).toContain('4 Write ▶');
	expect(text()).toMatch(/left ~00:1\d, then commit 30-120 s with no progress/);
	expect(text()).toContain(`sha256  ${'ab'.repeat(32)}`);
});

it('explains the HELLO of the case field by field', async () => {
	const session = new FakeSession().add(...hello);
	const { press, text } = await openScreen({ session, view: 'flash' });
	await press(']', ']', ']', ']', ']');
	expect(text()).toMatch(/>mode +u32 LE +2 MEMORY_DEBUG/);
	expect(text()).toContain('[02 00 00 00]');
	expect(text()).toMatch(/it does not mean that the modem\s+crashed/);
});

it('says in one sentence how things stand when there is no room for more', async () => {
	const { lines, resize } = await openScreen({ session: everything(), columns: 40, rows: 6 });
	const sentence = () => lines().join(' ').replace(/\s+/g, ' ').trim();
	const all = '3-1 RC7620: FLASHING 62 %. Please make the terminal at least 60x16.';
	expect(sentence()).toBe(all);
	await resize(20, 6);
	expect(sentence()).toBe(all);
	await resize(20, 2);
	expect(sentence()).toBe('Please enlarge to 60x16.');
});

it('offers the demo where there is no USB', async () => {
	const session = new FakeSession();
	session.hasUsb = false;
	session.path = undefined;
	const { text } = await openScreen({ session });
	expect(text()).toContain('no USB at all');
	expect(text()).toMatch(/D {2}practise on a simulated modem/);
});

it('keeps the other views when one cannot be drawn', async () => {
	const session = everything();
	Object.defineProperty(session.timeline, 'ports', {
		value: () => {
			throw new Error('a defect');
		},
	});
	session.timeline.port = () => undefined;
	const { press, text } = await openScreen({ session });
	expect(text()).toContain('This cannot be drawn: a defect');
	await press('5');
	expect(text()).toContain('second.spk');
});

it('never lets text of a modem or a file drive the terminal', async () => {
	const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m‮';
	const session = new FakeSession().add(
		{
			t: 1,
			source: 'usb',
			type: 'usb-came',
			device: { ...application, product: evil, path: '3-1' },
		},
		{
			t: 2,
			source: 'at',
			type: 'at-answered',
			port: evil,
			command: evil,
			lines: [evil],
			result: evil,
			seconds: 1,
		},
		{
			t: 3,
			source: 'port',
			type: 'bytes',
			port: evil,
			dir: 'in',
			hex: Buffer.from(`${evil}\r\n`).toString('hex'),
		},
		{
			t: 4,
			source: 'diagnosis',
			type: 'finding',
			rule: 'x',
			title: evil,
			means: evil,
			next: [evil],
			certainty: 'proven',
			reference: evil,
		},
		{
			t: 5,
			source: 'flash',
			type: 'flash-started',
			file: evil,
			size: 9,
			path: evil,
			model: evil,
			to: evil,
		},
		{ t: 6, source: 'flash', type: 'flash-ended', exit: 7, message: evil, modem: evil, next: evil },
	);
	session.model = evil;
	session.at.armed = evil;
	session.recording.path = evil;
	session.files = [{ ...listed[0]!, name: evil, from: evil }];
	session.flasher.plan = {
		...plan,
		file: evil,
		model: evil,
		to: evil,
		checks: [{ name: 'file', state: 'warn', says: evil }],
	};
	const screen = await openScreen({ session, columns: 140, rows: 45 });
	for (const key of ['1', '2', '3', '4', '5']) {
		await screen.press(key);
		const controls = screen
			.raw()
			.replace(/\u001b\[[\d;]*m/g, '')
			.replaceAll('\n', '');
		expect(controls).not.toMatch(/[\u0000-\u001f\u007f-\u009f‮]/);
		expect(screen.raw()).not.toContain('\u001b[31m\u001b');
	}
});

it('lets a flash that runs own what is said, and marks what was found before as over', async () => {
	const { text, press } = await openScreen({ session: everything(), columns: 80, rows: 24 });
	expect(text()).toContain('The modem is being flashed: 62 % is sent.');
	expect(text()).toContain('Next: 4  Look at the flash.');
	expect(text()).not.toContain('hold it in the boot loader');
	await press('\t', 'k');
	expect(text()).toContain('Boot loop (likely), over');
	expect(text()).not.toContain('hold it in the boot loader');
});

it('explains the newest finding in the same frame that lists it', async () => {
	const session = inLoop();
	const { text, settle } = await openScreen({ session, columns: 140, rows: 45 });
	const finding = session.findings.at(-1)!;
	session.add({ ...finding, title: 'A newer symptom', means: 'It means something newer.' });
	await settle();
	expect(text()).toContain('A newer symptom');
	expect(text()).toContain('It means something newer.');
});

it('leads with the finding that blocks, and shows the others with the keys that its title names', async () => {
	const newer = { ...foundLoop, t: 97, rule: 'loader-held', title: 'The loader holds' };
	const blocking = { ...foundLoop, t: 96, rule: 'no-driver', title: 'No driver' };
	const session = new FakeSession().add(...bootLoop(1), blocking, newer);
	const { press, text } = await openScreen({ session });
	expect(text()).toMatch(/What this means ─.*─ 1 more: Tab, k/);
	expect(text()).toContain('No driver (likely)');
	await press('tab', 'k');
	expect(text()).toMatch(/What this means ─.*─ 2 of 2/);
	expect(text()).toContain('The loader holds (likely)');
	await press('k');
	expect(text()).toMatch(/What this means ─.*─ 1 of 2/);
	expect(text()).toContain('No driver (likely)');
});

it('counts the rows that have no room, and shows them with the keys that its title names', async () => {
	const { press, text } = await openScreen({ session: inLoop(), columns: 60, rows: 16 });
	expect(text()).toMatch(/What this means ─.*\d more rows?: Tab, \+/);
	expect(text()).not.toContain('Known from: a field log');
	await press('tab');
	expect(text()).toMatch(/\d more rows?: \+/);
	await press('+');
	expect(text()).not.toMatch(/more rows?:/);
	expect(text()).toContain('Known from: a field log');
});
