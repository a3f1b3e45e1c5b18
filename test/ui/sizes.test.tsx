import { expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { imageRow } from '../../source/ui/views/firmware/image-rows.ts';
import { screenSizes } from '../screen-sizes.ts';
import {
	application,
	bootLoop,
	FakeSession,
	flashStarted,
	loader,
	openFile,
} from './fake-session.ts';
import { looping } from './sessions.ts';
import { stops } from './stops.ts';
import { arrive, createTestConsole, settled } from './test-console.tsx';

const small = [60, 16] as const;
const came = (t: number, device: typeof application): Event => ({
	t,
	source: 'usb',
	type: 'usb-came',
	device,
});

it.each<[string, readonly Event[]]>([
	['gone', bootLoop(1)],
	['BOOT LOOP', bootLoop(4)],
	['boot loader holding', [came(50, loader)]],
	['waits for a memory dump', [came(50, { ...loader, vid: '05c6', pid: '900e' })]],
	['emergency download (EDL)', [came(50, { ...loader, vid: '05c6', pid: '9008' })]],
	['FLASHING 62 %', [came(50, loader), ...flashStarted]],
])(
	'names the state whole at 60 columns, and shortens what stands beside it: %s',
	(words, events) => {
		const session = new FakeSession().add(...events);
		session.label = 'simulated';
		session.header = { ...session.header, speed: 20 };
		session.at.armed = 'AT!BOOTHOLD';
		session.recording.path = '/tmp/a.ndjson';
		session.time = 66;
		const [, row] = createTestConsole({ session, size: small }).rows();
		expect(row).toContain(` 3-1 RC7620 ${words} `);
		expect(row).toMatch(/ simulated(?: {3}armed {3}REC)?$/);
	},
);

it('copies a long command by a word in the hint line, and says it whole where it is read', () => {
	const session = new FakeSession().add(came(50, { ...loader, vid: '05c6', pid: '9008' }));
	session.time = 66;
	const console = createTestConsole({ session });
	expect(console.rows().at(-1)).toMatch(/^ Next: ! copy the command {2}.*\? help$/);
	expect(console.text()).toMatch(/modemscope flash\s+rawprogram0\.xml --programmer FILE/);
	expect(console.text()).toContain('▁ gone  ▒ EDL');
});

async function recordingsAt(size: readonly [number, number], names: readonly string[]) {
	const session = looping();
	session.files = names.map((name) => ({
		...{ path: `/files/${name}`, name, size: 34_879_232, from: 'this folder' },
		changed: new Date('2026-03-04T12:00:00Z'),
	}));
	const console = createTestConsole({ session, view: 'recordings', size });
	console.context.show('recordings');
	await settled();
	return console;
}

const usualName = '2026-11-29T11-55-55-123-simulated-RC7620.ndjson';

it('tells the name of a recording whole at 80 columns, and its time and modem at 60', async () => {
	expect((await recordingsAt([80, 24], [usualName])).text()).toContain(`>${usualName}  `);
	expect((await recordingsAt(small, [usualName])).text()).toMatch(
		/>2026-11-29T11-\.\.\S*RC7620\.ndjson +34 879 232 {2}this folder$/m,
	);
	expect((await recordingsAt([80, 24], ['a.log'])).text()).toMatch(/>a\.log .* 2026-03-04$/m);
});

it.each(screenSizes)('at %i x %i: few recordings leave their room to the log', async (...size) => {
	const few = await recordingsAt(size, ['a.log', 'b.log']);
	const many = await recordingsAt(
		size,
		Array.from({ length: 99 }, (_, index) => `${index}.log`),
	);
	const logged = ({ rows }: typeof few) => rows().filter((row) => /17:5\d:\d\d\.\d{3} /.test(row));
	// Side by side there is nothing to leave, and in the smallest screen each list has five rows.
	const more = size[0] >= 160 || size[0] === 60 ? 0 : 1;
	expect(logged(few).length - logged(many).length).toBeGreaterThanOrEqual(more);
	expect(few.text()).toContain('b.log');
});

it.each(screenSizes)(
	'at %i x %i: says whole what to do where there is no file',
	async (...size) => {
		const said = (await recordingsAt(size, [])).text().replace(/\s+/g, ' ');
		expect(said).toMatch(/r starts one; a log that is pasted here (?:│[^│]*│ )?opens\./);
	},
);

it('has the end of a path that is too long: the name of the file', () => {
	const session = looping();
	session.recording.path = `/var/lib/${'long/'.repeat(20)}2026-03-04-RC7620.ndjson`;
	const { text } = createTestConsole({ session, view: 'recordings', size: small });
	expect(text()).toMatch(/Recording to \.\..*long\/2026-03-04-RC7620\.ndjson\n/);
});

it.each(screenSizes)('at %i x %i: says whole how the checks of a file went', async (...size) => {
	const session = new FakeSession();
	const { file } = openFile();
	const name = 'RC76xx_Release_12_00.08.24.02_GENERIC_001.110_000_of_7620.spk';
	const check = { name: 'image CRC', image: 0, says: 'it differs' } as const;
	const checks = (['failed', 'checked'] as const).map((state) => ({ ...check, state }));
	session.firmware.opened = { file: { ...file, name }, checked: file.size, checks };
	const rows = createTestConsole({ session, view: 'firmware', size }).rows();
	expect(rows.find((row) => row.startsWith(' RC76xx_'))).toMatch(
		/^ RC76xx_.*7620\.spk {3}.*1 of 2 checks failed$/,
	);
});

it('plans a flash before anything else in the footer of an open file', () => {
	const session = new FakeSession().add(came(50, application));
	session.firmware.opened = openFile();
	session.time = 55;
	const rows = createTestConsole({ session, view: 'firmware', size: small }).rows();
	expect(rows.at(-1)).toMatch(/^ F plan a flash {2}.*\? help$/);
});

it('gives the help of a typed line the room that it needs', async () => {
	const console = createTestConsole({ session: looping(), view: 'at', size: small });
	await console.press('i');
	await console.type('AT!BOOTHOLD');
	expect(console.text()).toContain('Risk: The modem stays offline until it is flashed or power\n');
	expect(console.text()).toContain('starts the application');
});

it.each(screenSizes)('at %i x %i: a typed line says how it is left', async (...size) => {
	const console = createTestConsole({ session: looping(), view: 'at', size });
	await console.press('i');
	expect(console.rows().at(-1)).toMatch(/^ ⏎ send {2}.*Esc leave$/);
});

it.each(screenSizes)('at %i x %i: the help cuts no sentence', async (...size) => {
	const console = createTestConsole({ session: looping(), size });
	await console.press('?', '?');
	for (let page = 0; page < 30; page++) {
		const rows = console.rows().map((row) => row.slice(0, row.indexOf('│', 1)));
		expect(rows.filter((row) => /\.\. *$/.test(row))).toEqual([]);
		await console.press('pagedown');
	}
});

it('says whole how a list is filtered, at 60 columns', async () => {
	const console = createTestConsole({ session: looping(), size: small });
	await console.press('f');
	expect(console.rows().at(-1)).toMatch(/^ \d+ pass\. path: device: .*!not "two words"$/);
});

it('says ok once in the column of checks, in ASCII too', () => {
	const [node] = openFile().file.images;
	const row = (ascii: boolean) => {
		const appearance = createAppearance({ color: false, ascii });
		return node && imageRow(appearance, node, 'checked', 80).trimEnd();
	};
	expect(row(true)).toMatch(/\d\d ok$/);
	expect(row(false)).toMatch(/\d\d ✓ ok$/);
});

it('says what a view without a plan needs, whole', () => {
	const { text } = createTestConsole({ session: looping(), view: 'flash', size: small });
	expect(text()).toMatch(/No flash is planned\. Open a file in 3 Firmware and press F\n there\./);
});

const timeline = /^ 3-1 .*▓/m;
const asked: readonly [stop: string, about: RegExp, keys: RegExp][] = [
	['arm', timeline, /^ ↑↓ choose {2}⏎ accept {2}Esc cancel$/],
	['disarm', timeline, /^ ↑↓ choose {2}⏎ accept {2}Esc cancel$/],
	['leave-loader', timeline, /^ ⏎ continue {2}Esc cancel$/],
	['usb-details', timeline, /^ \/ search {2}Esc close$/],
	['mark', timeline, /^ ⏎ continue {2}Esc cancel$/],
	['palette', timeline, /^ ↑↓ choose {2}⏎ run it {2}Esc close$/],
	['at-asks', /^(?:│ )? AT> AT!RESET/m, /^ ⏎ continue {2}Esc cancel$/],
	['firmware-path', /0x0000000 +SPKG/, /^ ⏎ continue {2}Esc cancel$/],
	['flash-start', /the modem had carrier SIERRA/, /^ ⏎ continue {2}Esc cancel$/],
	['flash-stop', /61\.6 % {2}21\.5 MB of 34\.9 MB/, /^ ↑↓ choose {2}⏎ accept {2}Esc cancel$/],
	['quit-while-flashing', /61\.6 %/, /^ ↑↓ choose {2}⏎ accept {2}Esc cancel$/],
];

it.each(screenSizes.flatMap((size) => asked.map((one) => [...size, ...one] as const)))(
	'at %i x %i: %s leaves in sight what it asks about, and names its own keys alone',
	async (width, height, name, about, keys) => {
		const stop = stops.find((one) => one.name === name)!;
		const console = await arrive(stop, [width, height]);
		expect(console.text()).toMatch(about);
		expect(console.rows().at(-1)).toMatch(keys);
	},
);

it.each(['arm', 'scenarios'])(
	'%s: a list that goes on says where in it the row is',
	async (name) => {
		const stop = stops.find((one) => one.name === name)!;
		const console = await arrive(stop, [60, 16]);
		await console.press('down');
		expect(console.text()).toMatch(/ 2 of \d\d ─┐$/m);
	},
);
