import { expect, it } from 'vitest';
import { KeyParser } from '../../source/ui/terminal/key-parser.ts';
import { FakeSession } from './fake-session.ts';
import { createTestConsole, settled } from './test-console.tsx';

function typing(text: string) {
	const session = new FakeSession();
	const console = createTestConsole({ session, view: 'at' });
	const give = (keys: string) => {
		for (const input of new KeyParser().push(keys)) console.context.input(input);
	};
	give('i');
	give(`${text}\r`);
	return { session, give, text: () => console.text() };
}

it('sends what only reads, and asks for each name in a chain before anything goes', () => {
	expect(typing('AT+QCFG?').session.asked).toEqual(['send AT+QCFG?']);
	const { session, give, text } = typing('ATS0=0!RMARESET=1');
	expect(text()).toContain('Type S0 RMARESET to send it.');
	expect(text()).toContain('ATS0=0: It is unknown to modemscope');
	give('RMARESET\r');
	expect(session.asked).toEqual([]);
	give('\u0015S0 RMARESET\r');
	expect(session.asked).toEqual(['send ATS0=0!RMARESET=1']);
});

it('takes what was pasted over several lines as one line, and asks for it', () => {
	const { session, text } = typing('\u001b[200~ATI\rAT!RESET\r\u001b[201~');
	expect(session.asked).toEqual([]);
	expect(text()).toContain('Type A T RESET to send it.');
});

it('says how many attempts are left before a PIN is given', async () => {
	const { session, give, text } = typing('AT+CPIN="1234"');
	await settled();
	expect(text()).toContain('Attempts left: SIM PIN 2 of 3.');
	give('CPIN\r');
	expect(session.asked).toEqual(['send AT+CPIN="1234"']);
});
