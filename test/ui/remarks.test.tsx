import { expect, it } from 'vitest';
import { FakeSession } from './fake-session.ts';
import { openScreen } from './screen.tsx';
import { looping } from './sessions.ts';

it('counts what stands out in the header, and lists it by what it is about', async () => {
	const { press, text } = await openScreen({ session: looping() });
	expect(text()).toMatch(/W2 +REC/);
	await press('E');
	expect(text()).toContain('Errors, warnings, notes: W2');
	expect(text()).toMatch(/Protocol W 17:55:00\.200 The loader did not understand/);
	expect(text()).toMatch(/Device {3}W 17:54:40\.000 Boot loop/);
});

it('goes to what is chosen there', async () => {
	const { press, text, context } = await openScreen({ session: looping() });
	await press('E', 'down', 'enter');
	expect(context.viewName).toBe('usb');
	expect(text()).toMatch(/>\S*17:54:38\.500/);
});

it('goes from one to the next and back, over the end', async () => {
	const { press, text } = await openScreen({ session: looping(), view: 'at' });
	await press(')');
	expect(text()).toContain('W 1 of 2, Device, 17:54:40.000: Boot loop');
	await press(')');
	expect(text()).toContain('W 2 of 2, Protocol');
	await press(')');
	expect(text()).toContain('W 1 of 2');
	await press('(');
	expect(text()).toContain('W 2 of 2');
});

it('explains the chosen frame by what was there before it, and goes there', async () => {
	const { press, text, context } = await openScreen({ session: looping(), view: 'flash' });
	await press('W');
	expect(text()).toContain('frame 2, Sahara HELLO');
	expect(text()).toMatch(/before: frame 1, to the modem/);
	await press('down', 'enter');
	expect(context.viewName).toBe('flash');
	expect(text()).toMatch(/>\S*\s*1 /);
});

it('says so where nothing stands out', async () => {
	const { press, text } = await openScreen({ session: new FakeSession() });
	await press('E');
	expect(text()).toContain('Nothing stands out so far');
	await press(')');
	expect(text()).toContain('There are no errors and no warnings so far.');
	await press('W');
	expect(text()).toContain('There is nothing to explain');
});
