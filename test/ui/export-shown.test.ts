import { expect, it } from 'vitest';
import type { RecordingsState } from '../../source/ui/views/recordings/recordings-state.ts';
import { FakeSession, listed } from './fake-session.ts';
import { replaying } from './sessions.ts';
import { createTestConsole, settled } from './test-console.tsx';

it('exports the chosen file, and in the log what is played or recorded', async () => {
	const session = replaying();
	session.files = listed;
	session.player = { ...session.player!, path: '/mine/played.ndjson' };
	const { context, press } = createTestConsole({ session, view: 'recordings' });
	await settled();
	const view = context.view as RecordingsState;
	expect(view.exported).toBe(listed[0]?.path);
	await press('tab');
	expect(view.exported).toBe('/mine/played.ndjson');
	const live = new FakeSession();
	live.recording.path = '/mine/now.ndjson';
	const other = createTestConsole({ session: live, view: 'recordings' });
	await other.press('tab');
	expect((other.context.view as RecordingsState).exported).toBe('/mine/now.ndjson');
});

it('exports what is played from every other view too', async () => {
	const session = replaying();
	session.files = listed;
	session.player = { ...session.player!, path: '/mine/played.ndjson' };
	const { context } = createTestConsole({ session, view: 'flash' });
	expect((context.views.recordings as RecordingsState).exported).toBe('/mine/played.ndjson');
});

it('says a reason that its row has no room for whole, below', async () => {
	const { press, type, text } = createTestConsole({ session: new FakeSession(), view: 'usb' });
	await press(':');
	await type('wireshark');
	expect(text()).toContain('There is no recording to export: r starts one.');
});
