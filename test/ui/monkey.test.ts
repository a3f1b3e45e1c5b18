import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { actions } from '../../source/ui/app/keymap.ts';
import { widthOf } from '../../source/ui/text/lines.ts';
import { viewNames } from '../../source/ui/text/view-names.ts';
import { FakeSession, listed } from './fake-session.ts';
import { flashing, looping, planned, replaying } from './sessions.ts';
import { createTestConsole, settled } from './test-console.tsx';

/** Names of two columns a letter, with accents that take none, and longer than any pane. */
const foreign = '漢字ファイル😀é́'.repeat(12);

function foreignParts(): FakeSession {
	const session = looping();
	session.model = foreign;
	session.files = listed.map((file) => ({ ...file, name: foreign, from: foreign }));
	return session.add(
		{ t: 90, source: 'person', type: 'mark', text: foreign },
		{ t: 91, source: 'at', type: 'at-sent', port: 'p', command: foreign },
		{
			t: 92,
			source: 'diagnosis',
			type: 'finding',
			rule: 'x',
			title: foreign,
			means: foreign,
			next: [foreign],
			certainty: 'possible',
			reference: foreign,
		},
	);
}

const nothing = () => new FakeSession();
const worlds = [looping, planned, flashing, replaying, foreignParts, nothing].map(
	(world, number) => [world.name, world, number] as const,
);
const small = [
	[80, 24],
	[60, 16],
	[120, 30],
	[81, 17],
	[59, 15],
] as const;
const large = [
	[140, 45],
	[200, 60],
] as const;

// Copies would fill the state folder of whoever runs the tests.
const keys = [...new Set(actions.flatMap((action) => action.keys)), 'a', ':', '!', 'x', 'backspace']
	.filter((key) => key !== 'y')
	.concat('esc', 'enter');

/** Drawing costs most: a person who is quick presses up to three keys before a frame. */
const press = fc.record({
	press: fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 }),
});
/** A frame of a large one takes four times as long, and so do all that follow it in a run. */
const resize = fc.record({
	size: fc.oneof(
		{ weight: 5, arbitrary: fc.constantFrom(...small) },
		{ weight: 1, arbitrary: fc.constantFrom(...large) },
	),
});
/** A second on, a sample of a fast stream is over; eight on, a toast is gone. */
const happen = fc.record({ seconds: fc.constantFrom(0.1, 0.9, 6, 60) });

afterEach(() => {
	vi.restoreAllMocks();
});

// A world at a time: a busy machine gives all of them together too little time.
it.each(worlds)('draws no row too wide, whatever a person does: %s', async (_, world, number) => {
	const clock = vi.spyOn(performance, 'now');
	const step = fc.oneof({ weight: 6, arbitrary: press }, resize, { weight: 2, arbitrary: happen });
	const run = fc.asyncProperty(
		fc.constantFrom(...viewNames),
		fc.array(step, { maxLength: 40 }),
		async (view, steps) => {
			const session = world();
			clock.mockImplementation(() => session.time * 1000);
			const console = createTestConsole({ session, view });
			let size: readonly [number, number] = [80, 24];
			for (const one of steps) {
				if ('press' in one) for (const key of one.press) console.context.key(key);
				else if ('size' in one) {
					size = one.size;
					console.resize(...size);
				} else {
					session.time += one.seconds;
					const { time: t } = session;
					const dir = Math.round(t * 10) % 2 === 0 ? 'in' : 'out';
					session.add({ t, source: 'port', type: 'bytes', port: 'p', dir, hex: '410d0a' });
				}
				const rows = console.raw();
				expect(rows).toHaveLength(size[1]);
				expect(rows.filter((row) => widthOf(row) > size[0])).toEqual([]);
				expect(rows.join('\n')).not.toContain('cannot be drawn');
			}
			await settled();
		},
	);
	// Other walks in each world, and long ones from the first on.
	const seed = fc.readConfigureGlobal().seed! + number;
	await fc.assert(run, { numRuns: 6, unbiased: true, seed });
});

it.each([looping, planned, flashing, replaying])(
	'draws with ASCII alone when asked to',
	async (world) => {
		for (const view of viewNames) {
			const console = createTestConsole({ session: world(), view, ascii: true });
			for (const key of ['v', '+', '?', 'esc', ':', 'esc', '/']) {
				await console.press(key);
				expect(
					console
						.raw()
						.join('')
						.replace(/\u001b\[[\d;]*m/g, ''),
				).toMatch(/^[\x20-\x7e]*$/);
			}
		}
	},
);
