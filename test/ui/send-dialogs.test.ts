import { expect, it } from 'vitest';
import { KeyParser } from '../../source/ui/terminal/key-parser.ts';
import { FakeSession } from './fake-session.ts';
import { createTestConsole, settled } from './test-console.tsx';

function typing(text: string, enter = '\r') {
	const session = new FakeSession();
	const console = createTestConsole({ session, view: 'at' });
	const give = (keys: string) => {
		for (const input of new KeyParser().push(keys)) console.context.input(input);
	};
	give('i');
	give(`${text}${enter}`);
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

const pasted = (lines: string) => `\u001b[200~${lines}\u001b[201~`;

it('makes a script of several pasted lines, and asks for each that may change the modem', async () => {
	const { session, give, text } = typing(pasted('ATI\rAT!RESET\r\nAT+CFUN=1,1\r'), '');
	expect(text()).toContain('Send 3 lines, one after the other?');
	expect(text()).toContain('ATI, AT!RESET, AT+CFUN=1,1.');
	expect(text()).toContain('AT!RESET: Resets the modem.');
	expect(text()).toContain('Type RESET CFUN to send it.');
	give('\u0015RESET\r');
	expect(session.asked).toEqual([]);
	give('\u0015RESET CFUN\r');
	await settled();
	expect(session.asked).toEqual(['send ATI', 'send AT!RESET', 'send AT+CFUN=1,1']);
});

it('sends pasted lines that only read when a person says so', async () => {
	const { session, give, text } = typing(pasted('AT!GSTATUS?\rATI\r'), '');
	expect(text()).toContain('They only read.');
	expect(session.asked).toEqual([]);
	give('\r');
	await settled();
	expect(session.asked).toEqual(['send AT!GSTATUS?', 'send ATI']);
});

it('sends nothing of a paste in which a line is no AT command', async () => {
	const { session, text } = typing(pasted('ATI\rrm -rf /\r'), '');
	await settled();
	expect(session.asked).toEqual([]);
	expect(text()).toContain('Line 2 of the script is no AT command');
});

it('shows what to type below more lines than the screen has', async () => {
	const many = Array.from({ length: 40 }, (_, index) => `AT!NOSUCH${index}=1`);
	const { text } = typing(pasted(many.join('\r')), '');
	expect(text()).toMatch(/NOSUCH39 to send it\./);
});

it('puts one pasted line into the line that is typed, where Enter sends it', () => {
	const { session } = typing(`AT${pasted('!GSTATUS?\r')}`);
	expect(session.asked).toEqual(['send AT!GSTATUS?']);
});

it('says how many attempts are left before a PIN is given', async () => {
	const { session, give, text } = typing('AT+CPIN="1234"');
	await settled();
	expect(text()).toContain('Attempts left: SIM PIN 2 of 3.');
	give('CPIN\r');
	expect(session.asked).toEqual(['send AT+CPIN="1234"']);
});
