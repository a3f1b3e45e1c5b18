import { expect, it } from 'vitest';
import { openScreen } from './screen.tsx';
import { looping } from './sessions.ts';

const commands = [
	{ name: 'My signal', line: 'AT+CSQ' },
	{ name: 'My restart', line: 'AT!RESET' },
];

it('sends what only reads at once, from the palette', async () => {
	const { press, session, text } = await openScreen({ session: looping(), commands });
	await press(':', 'my sig');
	expect(text()).toContain('My signal: AT+CSQ');
	await press('enter');
	expect(session.asked).toContain('send AT+CSQ');
});

it('asks before what can change the modem', async () => {
	const { press, session, text } = await openScreen({ session: looping(), commands });
	await press(':', 'my rest', 'enter');
	expect(session.asked).toEqual([]);
	expect(text()).toContain('Send AT!RESET ?');
	await press('RESET', 'enter');
	expect(session.asked).toEqual(['send AT!RESET']);
});
