import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { rehearsalHost } from '../../source/host.ts';
import { LiveSession } from '../../source/session/kinds/live.ts';
import { ReplaySession } from '../../source/session/kinds/replay.ts';
import type { Session } from '../../source/session/session.ts';
import { type ViewName, viewNames } from '../../source/ui/text/view-names.ts';
import { rehearse } from '../commands/rehearse.ts';
import type { FakeSession } from '../ui/fake-session.ts';
import { createTestConsole } from '../ui/test-console.tsx';

// A modem and a flash in processes of their own, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });
const speed = 20;

/** Not what can be done there: a recording cannot be sent to, and time cannot be moved in what is live. */
const controls = new Set<string | symbol>(['modem', 'recorder', 'player', 'label']);

/** All five views, whole, of what is known. */
function screens(session: Session): Record<string, string[]> {
	const known = new Proxy(session, {
		get: (target, name) => {
			if (controls.has(name)) return undefined;
			const value = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
	const rows = (view: ViewName) =>
		createTestConsole({ session: known as FakeSession, view, size: [100, 30] }).rows();
	return Object.fromEntries(viewNames.map((view) => [view, rows(view)]));
}

/** To the mark itself: what came late was given its time too, and was not there yet. */
function goToMark(session: ReplaySession, text: string): void {
	const { player } = session;
	player.seek(player.marks.find((one) => one.text === text)!.t);
	const hasMark = () => [...session.log].some((one) => one.type === 'mark' && one.text === text);
	while (hasMark()) player.step(-1);
	while (!hasMark()) player.step(1);
}

it('shows at every mark of a whole rehearsal what the live screen has shown', async () => {
	const { folder, state, run } = await rehearse('loader', speed);
	process.env.XDG_STATE_HOME = state;
	const host = rehearsalHost(folder, speed);
	let frozen: number | undefined;
	const clock = { ...host.clock, now: () => frozen ?? host.clock.now() };
	const session = await LiveSession.open({ ...host, clock }, 'a test');
	onTestFinished(() => session.end());
	const path = session.recorder.path!;
	const shown: Record<string, string[]>[] = [];
	/** Time stands still while a mark is left and the screens are drawn. */
	const mark = () => {
		frozen = host.clock.now();
		void session.mark(`mark ${shown.length}`);
		frozen = Math.max(...[...session.log].map(({ t }) => t));
		shown.push(screens(session));
		frozen = undefined;
	};
	let looked = 0;
	let isMarking = false;
	const stopListening = session.subscribe(() => {
		const since = [...session.log].slice(looked);
		if (isMarking || !since.some(({ type }) => /flash-phase|finding/.test(type))) return;
		looked = session.log.length;
		isMarking = true;
		mark();
		isMarking = false;
	});
	const spk = join(folder, 'small.spk');
	await smallRehearsalImage(spk);
	const { exit } = await run('flash', spk, '--yes-flash', 'RC7620', '--settle', '5');
	expect(exit).toBe(0);
	await vi.waitUntil(() => session.flash.ended, 30_000);
	stopListening();
	mark();
	await session.end();
	expect(shown.length).toBeGreaterThan(10);

	const replay = await ReplaySession.open(path);
	onTestFinished(() => replay.end());
	for (const [index, live] of shown.entries()) {
		const text = `mark ${index}`;
		goToMark(replay, text);
		expect(screens(replay), text).toEqual(live);
	}
});
