import { expect, it } from 'vitest';
import { keyBytes, RawScreen } from '../../source/ui/views/at/RawOverlay.tsx';
import { FakeSession } from './fake-session.ts';
import { createTestConsole } from './test-console.tsx';

function open() {
	const session = new FakeSession();
	return { session, ...createTestConsole({ session, view: 'at' }) };
}

it('asks which port, says what it means, and opens it when the word is typed', async () => {
	const { session, press, type, text } = open();
	await press('R');
	expect(text()).toContain('>3-1:1.3    ttyUSB2, AT, qcserial');
	await press('enter');
	expect(text()).toContain('what you type goes as it is');
	await type('yes');
	await press('enter');
	expect(session.asked).toEqual([]);
	await press('backspace', 'backspace', 'backspace');
	await type('raw');
	await press('enter');
	expect(session.asked).toEqual(['open 3-1:1.3']);
	expect(text()).toContain('* /dev/ttyUSB2 is open.');
});

it('sends every key as it is, and shows what comes without a control in it', async () => {
	const { session, press, type, text, context } = open();
	await press('R', 'enter');
	await type('raw');
	await press('enter');
	session.asked.length = 0;
	await type('q1');
	await press('enter', 'esc', 'ctrl-a', 'up');
	expect(session.asked.join(' ')).toBe(
		'raw "q" raw "1" raw "\\r" raw "\\u001b" raw "\\u0001" raw "\\u001b[A"',
	);
	session.raw.says(Buffer.from('ATI\r\r\nOK\r\n\u001b]0;evil\u0007'));
	expect(text()).toContain('ATI');
	expect(text()).toMatch(/Ctrl-T q closes it.*\n└─+┘$/);
	expect(text()).toContain('\\x1b]0;evil\\x07');
	context.paste('AT\nATI');
	await press('ctrl-t', 'h');
	expect(session.asked.at(-1)).toBe('raw "AT\\rATI"');
	session.raw.says(Buffer.from('OK'));
	expect(text()).toMatch(/< 4f 4b +OK/);
	await press('ctrl-t', 'q');
	expect(session.asked.at(-1)).toBe('close');
	expect(text()).toContain('[2 AT]');
});

it('is not there without a port', async () => {
	const session = new FakeSession();
	session.raw.all = [];
	const { press, text } = createTestConsole({ session, view: 'at' });
	await press('R');
	expect(text()).toContain('No port of a modem is there now.');
});

it('keeps the last rows, broken at the width', () => {
	const screen = new RawScreen();
	screen.show('abcdef\bX\n12\n\n');
	expect(screen.last({ width: 4, height: 5 })).toEqual(['abcd', 'eX', '12', '', '']);
	expect(screen.last({ width: 4, height: 2 })).toEqual(['', '']);
	expect(keyBytes('f5')).toBeUndefined();
	expect(keyBytes('é')).toEqual(Buffer.from('é'));
});
