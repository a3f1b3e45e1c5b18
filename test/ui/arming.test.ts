import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { rehearsalHost } from '../../source/host.ts';
import { models } from '../../source/modems/simulated.ts';
import { LiveSession } from '../../source/session/kinds/live.ts';
import { createFolderBackend } from '../../source/simulator/backend/folder.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import type { ViewName } from '../../source/ui/text/view-names.ts';
import { newFolder } from '../flash/rehearse.ts';
import { createTestConsole } from './test-console.tsx';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

/** A console on a port at which a test plugs a modem in that answers nothing, and pulls it. */
async function openConsole(view: ViewName = 'usb') {
	const folder = newFolder();
	const backend = createFolderBackend(folder);
	const session = await LiveSession.open(rehearsalHost(folder, 1), 'a test');
	onTestFinished(() => session.end());
	let number = 59;
	const seen = (is: boolean) =>
		expect.poll(() => session.device !== undefined, { timeout: 20_000, interval: 5 }).toBe(is);
	const does = {
		comes: async () => {
			await backend.plug(applicationDevice(models.RC7620, number++), new Map());
			await seen(true);
		},
		goes: async () => {
			await backend.unplug();
			await seen(false);
		},
	};
	return { session, does, backend, ...createTestConsole({ session, view }) };
}
type Turn = 'comes' | 'goes';

it.each<{ before: Turn[]; between: Turn[] }>([
	{ before: ['comes'], between: ['goes'] },
	{ before: ['comes'], between: ['goes', 'comes'] },
	{ before: ['comes', 'goes'], between: [] },
	{ before: ['comes', 'goes'], between: ['comes'] },
	{ before: [], between: ['comes'] },
	{ before: [], between: [] },
])(
	'arms by Enter, when $before is before the dialog and $between while it is open',
	async ({ before, between }) => {
		const { session, does, press, text } = await openConsole();
		for (const turn of before) await does[turn]();
		await press('h');
		expect(text()).toContain('Arm a command');
		for (const turn of between) await does[turn]();
		await press('enter');
		await expect.poll(() => session.modem.at.armed).toBe('AT!BOOTHOLD');
		expect(text()).toContain('armed AT!BOOTHOLD');
	},
);

it('keeps what was armed before any modem was seen for the first that comes', async () => {
	const { session, does, press, backend } = await openConsole();
	const said = () => session.log.events().map(({ type }) => type);
	await press('h', 'enter');
	await expect.poll(() => session.modem.at.armed).toBe('AT!BOOTHOLD');
	expect(said()).not.toContain('armed');
	await press('h', 'down', 'enter');
	expect(session.modem.at.armed).toBeUndefined();
	await press('h', 'enter');
	await expect.poll(() => session.modem.at.armed).toBe('AT!BOOTHOLD');
	await does.comes();
	expect(said()).toContain('armed');
	await does.goes();
	await backend.plug(loaderDevice(models.RC7620, 90), new Map());
	await expect.poll(() => session.modem.at.armed, { timeout: 20_000 }).toBeUndefined();
	expect(said()).toContain('disarmed');
});

it('says why a command is not sent whose modem goes while its word is typed', async () => {
	const { does, press, type, text } = await openConsole('at');
	await does.comes();
	await press('i');
	await type('AT!RESET');
	await press('enter');
	expect(text()).toContain('Type RESET to send it.');
	await does.goes();
	await type('RESET');
	await press('enter');
	await expect.poll(text).toContain('There is no modem to send AT commands to.');
});
