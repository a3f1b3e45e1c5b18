import { expect, it } from 'vitest';
import { FlashProgress } from '../../source/flash/model/progress.ts';
import { paletteItems } from '../../source/ui/actions/global-dialogs.ts';
import { actions } from '../../source/ui/app/keymap.ts';
import { viewNames } from '../../source/ui/text/view-names.ts';
import { FakeSession, listed } from './fake-session.ts';
import { planned } from './sessions.ts';
import { stops } from './stops.ts';
import { createTestConsole, settled } from './test-console.tsx';

/** What has not been reached by its first key, or in the palette although it stands there. */
const unreached = (byKey: ReadonlySet<string>, byName: ReadonlySet<string>) =>
	actions
		.filter(({ name, where, keys }) => {
			const isListed = where !== 'typing' && keys[0] !== ':';
			return !byKey.has(name) || (isListed && !byName.has(name));
		})
		.map(({ name }) => name);

/** Everything that can be done somewhere on the walk, by its first key and in the palette. */
async function reachable() {
	const recording = () => {
		const session = new FakeSession();
		session.recording.path = '/tmp/a.ndjson';
		session.files = listed;
		return session;
	};
	const rehearsing = () => {
		const session = planned();
		const progress = new FlashProgress();
		session.flasher.rehearsal = { progress, isRunning: true, recording: undefined };
		return session;
	};
	const sessions = [...new Set(stops.map(({ session }) => session)), recording];
	const shown = [
		...sessions.flatMap((session) => viewNames.map((view) => ({ session, view }))),
		{ session: rehearsing, view: 'flash' as const },
	];
	const byKey = new Set<string>();
	const byName = new Set<string>();
	for (const { session, view } of shown) {
		// Drawing costs most: what was reached is not looked for again.
		if (unreached(byKey, byName).length === 0) break;
		const { context, rows } = createTestConsole({ session: session(), view });
		await settled();
		for (const isZoomed of [false, true]) {
			context.isZoomed = isZoomed;
			rows();
			for (const layer of ['view', 'typing'] as const) {
				const possible = context.actionsOf(layer);
				for (const action of possible) {
					const [key = ''] = action.keys;
					if (possible.find(({ keys }) => keys.includes(key)) === action) byKey.add(action.name);
				}
			}
			for (const { name, reason } of paletteItems(context)) {
				if (reason === undefined) byName.add(name);
			}
		}
	}
	return { byKey, byName };
}

it('reaches every action by a key and, but for typing and the palette itself, in the palette', async () => {
	const { byKey, byName } = await reachable();
	expect(unreached(byKey, byName)).toEqual([]);
});
