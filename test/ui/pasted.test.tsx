import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { ReplaySession } from '../../source/session/kinds/replay.ts';
import { openScreen } from './screen.tsx';

const open = {
	paste: (text: string | Buffer) => ReplaySession.ofPasted(text),
	replay: (path: string) => ReplaySession.open(path),
};
const fieldCase = (name: string) => new URL(`../recording/field/${name}`, import.meta.url).pathname;
/** As a terminal sends it: a line ends with CR. */
const pasteOf = (text: string) => `\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~`;

it('opens what is pasted over the recordings as a replay', async () => {
	const { press, text, session, context } = await openScreen({ view: 'recordings', open });
	await press(pasteOf(readFileSync(fieldCase('08-journalctl-short-full.txt'), 'utf8')));
	expect(text()).toContain('Boot loop: up 3.0 s, down 11.0 s');
	expect(context.session.header.title).toBe('a pasted text');
	expect(context.session).not.toBe(session);
});

it.each([
	['02-pcinfo-persistent.txt', '[1 USB]', 'Low power: firmware and PRI do not match'],
	['03-pcinfo-pin-ignored.txt', '[2 AT]', 'Poweroff mode: 2'],
	['33-edl-debug-hex.txt', '[4 Flash]', 'HELLO mode 0'],
])(
	'shows first what is wrong in it, else where it speaks of something: %s',
	async (name, view, words) => {
		const { press, text } = await openScreen({ view: 'recordings', open });
		await press(pasteOf(readFileSync(fieldCase(name), 'utf8')));
		expect(text()).toContain(view);
		expect(text()).toContain(words);
	},
);

it('refuses a text that holds nothing known, names what is known, and stays', async () => {
	const { press, text, session, context } = await openScreen({ view: 'recordings', open });
	await press(pasteOf('Dear all,\nmy modem does not work.\n'));
	expect(text().replace(/\s+/g, ' ')).toMatch(
		/The pasted text is neither a recording nor a log .* AT commands with their answers; captures of USB \(pcap, pcapng\)/,
	);
	expect(context.session).toBe(session);
	expect(text()).toContain('5 Recordings');
	expect(session.asked).toEqual([]);
});

it('asks before an armed command is lost to a paste', async () => {
	const { press, text, session, context } = await openScreen({ view: 'recordings', open });
	session.at.armed = 'AT!BOOTHOLD';
	await press(pasteOf('ATI\nOK\n'));
	expect(text()).toContain('AT!BOOTHOLD is armed');
	await press('enter');
	expect(context.session).toBe(session);
});

it('opens a file of any known form by its path', async () => {
	const { press, context } = await openScreen({ view: 'recordings', open });
	await press('o', fieldCase('13-qfu-mail-quote.txt'), 'enter');
	await vi.waitFor(() => expect(context.session.header.title).toBe('13-qfu-mail-quote'));
	expect(context.session.traffic.frames).toHaveLength(2);
});

it('says where a paste is wanted when it comes elsewhere', async () => {
	const { press, text } = await openScreen({ view: 'flash', open });
	await press(pasteOf('q'));
	expect(text().replace(/\s+/g, ' ')).toContain('In 5 Recordings it is opened as a log');
});
