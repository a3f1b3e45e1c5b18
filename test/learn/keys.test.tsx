import { describe, expect, it, vi } from 'vitest';
import { createDraw } from '../../source/learn/bench/draw.ts';
import { lessons } from '../../source/learn/lessons/index.ts';
import { wrap } from '../../source/ui/text/lines.ts';
import { openLesson } from './screen.tsx';
import { bestLines } from './taking.ts';

type Screen = Awaited<ReturnType<typeof openLesson>>;

const node = ({ state }: Screen, modem: number, tty = 0) =>
	state.run!.bench.devices[modem]!.interfaces.filter(({ nodes }) => nodes[0]?.startsWith('tty'))[
		tty
	]!.nodes[0]!;
const placeOf = ({ state }: Screen, ids: string, interfaces: number) =>
	state.run!.bench.devices.findIndex(
		(device) => `${device?.vid}:${device?.pid}` === ids && device!.interfaces.length === interfaces,
	);

/** What somebody types who has not understood; each ends in a mistake that is said. */
const wrongWays: Readonly<Record<string, { says: string; lines: (screen: Screen) => string[] }>> = {
	'two-faces': {
		says: 'not the AT port',
		lines: (screen) => {
			const app = placeOf(screen, '1199:68c0', 4);
			return [`at ${node(screen, app, 0)} ATI`, `at ${node(screen, app, 1)} ATI`];
		},
	},
	'the-loop': {
		says: 'too late',
		lines: () => [
			'after went 11.5 open ttyUSB4',
			'wait 30',
			'after went 12 open ttyUSB4',
			'wait 30',
		],
	},
	'two-seconds': {
		says: 'not the AT port',
		lines: () => [
			'after came 1 at ttyUSB5 AT!BOOTHOLD',
			'wait 30',
			'after came 1 at ttyUSB6 AT!BOOTHOLD',
			'wait 30',
		],
	},
	hello: {
		says: 'You spoke first',
		lines: () => [
			'open ttyUSB2',
			'send 41540d',
			'wait 2',
			'again',
			'open ttyUSB2',
			'words 9 9',
			'wait 2',
		],
	},
	'missed-hello': {
		says: 'spoiled until its next reset',
		lines: () => ['open ttyUSB6', 'send 41540d', 'wait 1', 'send 7e'],
	},
	firehose: {
		says: 'came within 2 s',
		lines: () => {
			const early = ['open ttyUSB5', 'wait 1.2', 'words 2 48 2 1 0 3 0*6'];
			return [...early, 'again', ...early];
		},
	},
	qdl: {
		says: 'is not that frame',
		lines: ({ state }) => [
			...(state.run!.current!.task.best as string[]),
			'send 7e2e00007e',
			'frame 2e2e',
		],
	},
	exam: {
		says: 'reset it',
		lines: () => [
			'arm AT!BOOTHOLD',
			'wait 30',
			'open ttyUSB5',
			'send 41540d',
			'wait 1',
			'send 41540d',
		],
	},
};

describe.each(lessons.map(({ name }, index) => ({ name, number: index + 1 })))(
	'lesson $number, $name, by keys at 80x24',
	({ name, number }) => {
		it('is passed by who answers right, and shows the best way then', async () => {
			const screen = await openLesson(number);
			expect(screen.text()).toContain(`Lesson ${number} of 8`);
			const { run } = screen.state;
			const best: string[] = [];
			for (let task = run!.current; task; task = run!.current) {
				expect(screen.rows().filter((row) => row.startsWith(' ✗'))).not.toEqual([]);
				const lines = bestLines(run!);
				best.push(...lines);
				for (const line of lines) {
					await screen.type(line);
					expect(screen.rows()).toHaveLength(24);
				}
				expect(task.isDone, `${task.task.says}: ${run!.said?.says}`).toBe(true);
			}
			const text = screen.text();
			expect(text).toContain('Passed: gold');
			expect(text).not.toContain('✗');
			const flat = text.replace(/\s+/g, ' ');
			for (const line of best) expect(flat).toContain(line);
			expect(screen.saved.at(-1)?.passed).toMatchObject([
				{ lesson: name, medal: 'gold', failures: 0, at: '2026-11-29T10:00:00.000Z' },
			]);
		});

		it('tells who answers wrong what was wrong, and the hint after two failures', async () => {
			const screen = await openLesson(number);
			const { says, lines } = wrongWays[name]!;
			for (const line of lines(screen)) {
				expect(screen.text()).not.toContain('Hint:');
				await screen.type(line);
			}
			const { current } = screen.state.run!;
			expect(current?.failures).toBeGreaterThanOrEqual(2);
			const text = screen.text().replace(/\s+/g, ' ');
			expect(text).toContain(says);
			expect(text).toContain(`Hint: ${current!.task.hint}`.replace(/\s+/g, ' ').slice(0, 60));
			expect(text).toContain('✗');
			expect(screen.rows()).toHaveLength(24);
			expect(screen.saved).toEqual([]);
		});

		it('fits the screen whatever its values', () => {
			for (let seed = 0; seed < 20; seed++) {
				const { text, tasks } = lessons[number - 1]!.prepare(createDraw(seed));
				const rows = text.flatMap((paragraph) => wrap(paragraph, 78));
				expect(rows.length, name).toBeLessThanOrEqual(7);
				for (const { says } of tasks) expect(says.length, says).toBeLessThanOrEqual(76);
				expect(tasks.length).toBeLessThanOrEqual(4);
			}
		});
	},
);

describe('the screen of the lessons', () => {
	it('lists the verbs on help until the next key', async () => {
		const screen = await openLesson(1);
		await screen.type('help');
		expect(screen.text()).toContain('sends 32-bit numbers');
		expect(screen.text()).toContain('begins the lesson anew');
		expect(screen.rows().at(-1)).toContain('Any key goes back to the lesson.');
		// A row that is cut would not be read.
		expect(screen.text()).not.toMatch(/\.\. *$/m);
		screen.press('x');
		expect(screen.text()).not.toContain('begins the lesson anew');
		expect(screen.text()).toMatch(/^ > x/m);
	});

	it('shows devices in columns, and the time now however late it is', async () => {
		const devices = (await openLesson(1)).text().match(/^ 3-\d .* if /gm) ?? [];
		expect(devices).toHaveLength(4);
		expect(new Set(devices.map(({ length }) => length)).size).toBe(1);
		const loop = await openLesson(2);
		await loop.type('wait 600');
		expect(loop.text()).toMatch(/went \d{3}\.\d\d .* now \d{3}\.\d$/m);
	});

	it('gives other values to another learner', async () => {
		const [one, two] = [await openLesson(2, 1), await openLesson(2, 2)];
		expect(one.state.run!.exercise.tasks[0]!.best).not.toEqual(
			two.state.run!.exercise.tasks[0]!.best,
		);
	});

	it('goes on with next, back with lesson N, and ends with quit', async () => {
		const screen = await openLesson(1);
		await screen.type('next');
		expect(screen.text()).toContain('Lesson 2 of 8');
		await screen.type('lesson 5');
		expect(screen.text()).toContain('Lesson 5 of 8');
		await screen.type('quit');
		expect(screen.quits()).toBe(1);
	});

	it('names what it does not know, and a port that is not there', async () => {
		const screen = await openLesson(4);
		await screen.type('opne ttyUSB2');
		expect(screen.text()).toContain('There is no "opne" here.');
		await screen.type('open ttyUSB99');
		expect(screen.text()).toContain('There is no port ttyUSB99 now.');
		await screen.type('words 1 x');
		expect(screen.text()).toContain('"x" is no 32-bit number.');
	});

	it('shows the last frame in hex, and the arrows after Tab', async () => {
		const screen = await openLesson(4);
		await screen.type('open ttyUSB2');
		await screen.type('wait 2');
		expect(screen.text()).toContain('0000  01 00 00 00 30 00 00 00  02');
		screen.press('tab');
		expect(screen.text()).toContain('Sahara HELLO');
	});

	it('goes back to older frames with PgUp, and on with PgDn', async () => {
		const screen = await openLesson(4);
		await screen.type('open ttyUSB2');
		await screen.type('wait 3');
		await screen.type('words 2 48 2 1 0 3 0*6');
		expect(screen.text()).toContain('Frame 3  Sahara CMD_READY');
		for (let frames = 0; frames < 4; frames++) screen.press('pageup');
		expect(screen.text()).toContain('Frame 1  Sahara HELLO');
		screen.press('pagedown');
		expect(screen.text()).toContain('Frame 2  Sahara HELLO_RSP');
		screen.press('tab');
		await screen.type('words 13 12 0xff02');
		await screen.type('words 15 12 0xff02');
		for (let rows = 0; rows < 9; rows++) screen.press('pageup');
		expect(screen.text()).toMatch(/^ +1 .* Sahara HELLO mode 3/m);
		await screen.type('wait 1');
		expect(screen.text()).toContain('EXECUTE_DATA');
	});

	it('begins a new attempt with again when it is passed, and keeps both', async () => {
		const screen = await openLesson(5);
		const takeAll = async () => {
			for (const { task } of screen.state.run!.tasks)
				for (const line of task.best as string[]) await screen.type(line);
		};
		await screen.type('hint');
		await takeAll();
		expect(screen.text()).toContain('again: for gold');
		await screen.type('again');
		await vi.waitUntil(() => screen.state.run?.isPassed === false);
		await takeAll();
		expect(screen.text()).toContain('Passed: gold');
		expect(screen.saved.at(-1)?.passed.map(({ medal }) => medal)).toEqual(['bronze', 'gold']);
	});

	it('counts a hint that was asked for, and a restart, against the medal', async () => {
		const screen = await openLesson(4);
		const { run } = screen.state;
		await screen.type('hint');
		for (const { task } of run!.tasks)
			for (const line of task.best as string[]) await screen.type(line);
		expect(run!.isPassed).toBe(true);
		expect(screen.text()).toContain('Passed: bronze');
	});
});
