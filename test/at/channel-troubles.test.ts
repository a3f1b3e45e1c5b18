import { duplexPair } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { AtChannel } from '../../source/at/channel.ts';
import { meaningOf } from '../../source/at/results.ts';
import { secretMask } from '../../source/at/secrets.ts';
import type { Fact } from '../../source/events.ts';
import { streamLink } from '../../source/link/link.ts';
import { recordTraffic } from '../../source/link/traffic-recorder.ts';
import { meet } from '../simulator/host.ts';
import { steppingClock } from '../simulator/stepping-clock.ts';

type Say = (...pieces: (string | Buffer)[]) => Promise<void>;

/** A port whose other side hears what is sent and says what it likes, each piece in a read of its own. */
function port(hears: (sent: string, say: Say) => void) {
	const clock = steppingClock();
	const [ours, theirs] = duplexPair();
	const said: Fact[] = [];
	const say: Say = async (...pieces) => {
		for (const piece of pieces) {
			if (!theirs.destroyed) theirs.write(Buffer.from(piece as string, 'latin1'));
			await clock.sleep(0.001);
		}
	};
	theirs.on('error', () => {});
	theirs.on('data', (bytes: Buffer) => hears(bytes.toString('latin1'), say));
	const emit = (_: unknown, fact: Fact) => void said.push(fact);
	const link = recordTraffic(streamLink(ours, 'ttyUSB2', clock), emit, secretMask);
	const channel = new AtChannel(link, clock, emit);
	const unsolicited = () =>
		said.flatMap((fact) => (fact.type === 'at-unsolicited' ? [fact.line] : []));
	return { channel, clock, say, said, unsolicited, hangUp: () => ours.destroy() };
}

/** Every way to say a text in two pieces, and the one in single bytes. */
const cuts = (text: string): string[][] => [
	...Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]),
	[...text],
];

const identity = 'ATI\r\r\nModel: RC7620\r\nRevision: SWI9X07H_00.03.03.00\r\n\r\nOK\r\n';

test.each([
	['a registration', '\r\n+CREG: 1\r\n', ['+CREG: 1']],
	[
		'a message',
		'\r\n+CMT: "+49",,"26/01/01"\r\nModel: no\r\n',
		['+CMT: "+49",,"26/01/01"', 'Model: no'],
	],
	['a ring', '\r\nRING\r\n', ['RING']],
	['a sentence', '$GPGGA,1,2*33\r\n', ['$GPGGA,1,2*33']],
])('%s between the lines of an answer is said apart, wherever it is cut', async (_, urc, lines) => {
	const places = ['ATI\r', 'RC7620\r\n', '03.00\r\n'];
	for (const place of places) {
		const text = identity.replace(place, `${place}${urc}`);
		for (const pieces of cuts(text)) {
			const { channel, unsolicited } = port((_sent, say) => void say(...pieces));
			const answer = await channel.send('ATI', 5);
			expect(answer).toMatchObject({
				lines: ['Model: RC7620', 'Revision: SWI9X07H_00.03.03.00'],
				result: 'OK',
			});
			expect(unsolicited()).toEqual(lines);
		}
	}
});

test.each([
	['AT+CREG?', '+CREG: 2,1'],
	['at+creg?', '+CREG: 2,1'],
	['AT+CFUN?', '+CFUN: 1'],
	['ATI;+CPIN?', '+CPIN: READY'],
	['AT+CIND?', '+CIND: 1,2'],
	['AT!EVENT?', '!EVENT: 1'],
])('%s is answered with %s', async (command, line) => {
	const { channel, unsolicited } = port((_sent, say) => void say(`\r\n${line}\r\n\r\nOK\r\n`));
	expect((await channel.send(command, 5)).lines).toEqual([line]);
	expect(unsolicited()).toEqual([]);
});

test('a prompt is left at once, and nothing is sent by that', async () => {
	const sent: string[] = [];
	for (const pieces of cuts('AT+CMGS="1"\r\r\n> ')) {
		sent.length = 0;
		const { channel } = port((bytes, say) => {
			sent.push(bytes);
			if (bytes === '\x1b') void say('\r\n\r\nOK\r\n');
			else if (bytes === 'AT\r') void say('\r\nOK\r\n');
			else void say(...pieces);
		});
		expect((await channel.send('AT+CMGS="1"', 5)).result).toBe('it waits for text');
		expect(await channel.send('AT', 5)).toMatchObject({ lines: [], result: 'OK' });
		expect(sent).toEqual(['AT+CMGS="1"\r', '\x1b', 'AT\r']);
	}
});

describe('an answer that comes when its command was given up', () => {
	test.each([
		['with its echo', 'AT!GSTATUS?\r\r\nMode: ONLINE\r\n\r\nOK\r\n'],
		['without its echo', '\r\nMode: ONLINE\r\n\r\nOK\r\n'],
	])('is not taken for the next one, %s', async (_, late) => {
		const echo = late.startsWith('AT') ? 'ATI\r' : '';
		const text = `${late}${echo}\r\nModel: RC7620\r\n\r\nOK\r\n`;
		for (const pieces of cuts(text)) {
			const { channel } = port((sent, say) => void (sent === 'ATI\r' && say(...pieces)));
			expect((await channel.send('AT!GSTATUS?', 1)).result).toBe('no answer');
			const answer = await channel.send('ATI', 20);
			expect(answer).toMatchObject({ lines: ['Model: RC7620'], result: 'OK' });
		}
	});

	test('does no harm when it came before the next', async () => {
		const { channel, say, unsolicited } = port((sent, say) => {
			if (sent === 'ATI\r') void say('\r\nModel: RC7620\r\n\r\nOK\r\n');
		});
		await channel.send('AT!GSTATUS?', 1);
		await say('\r\nMode: ONLINE\r\n\r\nOK\r\n');
		expect(await channel.send('ATI', 5)).toMatchObject({ lines: ['Model: RC7620'], result: 'OK' });
		expect(unsolicited()).toEqual(['Mode: ONLINE', 'OK']);
	});
});

test('zeros alone are a loader, zeros before text are nothing', async () => {
	const silent = port((sent, say) => void say('\0'.repeat(sent.length)));
	expect(await silent.channel.send('ATI', 5)).toMatchObject({
		lines: [],
		result: 'zero bytes only',
	});
	for (const pieces of cuts(`\0\0${identity}`)) {
		const { channel } = port((_sent, say) => void say(...pieces));
		expect(await channel.send('ATI', 5)).toMatchObject({ result: 'OK', lines: [{}, {}] });
	}
	expect(meaningOf('zero bytes only')).toMatch(/loader/);
});

test.each([
	['a frame of DIAG', `${Buffer.from('7e1370000014467e', 'hex').toString('latin1')}\xf0\x9c\r\xfe`],
	[
		'a HELLO of Sahara',
		Buffer.from('01000000300000000200000001000000000400000200000090919293', 'hex').toString(
			'latin1',
		),
	],
])('%s is told from AT, wherever it is cut', async (_, bytes) => {
	for (const pieces of cuts(bytes)) {
		const { channel } = port((_sent, say) => void say(...pieces));
		const { lines, result } = await channel.send('AT', 2);
		expect(lines).toEqual([]);
		expect(['binary, not AT', 'no answer']).toContain(result);
	}
});

test('a port that vanishes at any byte of the echo or the answer is lost, and no more', async () => {
	// The result stands when its first line end has come.
	for (let at = 0; at < identity.length - 1; at++) {
		const { channel, hangUp } = port((_sent, say) => {
			void say(identity.slice(0, at)).then(hangUp);
		});
		const { lines, result } = await channel.send('ATI', 5);
		expect(result).toBe('port lost');
		expect(['Model: RC7620', 'Revision: SWI9X07H_00.03.03.00'].slice(0, lines.length)).toEqual(
			lines,
		);
		expect((await channel.send('ATI', 5)).result).toBe('port lost');
	}
});

test('a modem that looped is spoken to again in each of its lives', async () => {
	const { backend, clock, modem, until } = await meet('boot-loop');
	for (let life = 0; life < 3; life++) {
		await until(4);
		const channel = new AtChannel(backend.open('ttyUSB2'), clock, () => {});
		expect((await channel.send('ATI', 1)).result).toBe('OK');
		await until(0);
		expect((await channel.send('ATI', 1)).result).toBe('port lost');
	}
	await modem.stop();
});

test('a password is in nothing that is said, wherever its echo is cut', async () => {
	for (const pieces of cuts('AT!ENTERCND="S3CRET"\r\r\n!ENTERCND: "S3CRET"\r\n\r\nOK\r\n')) {
		const { channel, said } = port((_sent, say) => void say(...pieces));
		const { result, lines } = await channel.send('AT!ENTERCND="S3CRET"', 5);
		expect(result).toBe('OK');
		expect(lines).toEqual(['!ENTERCND: "******"']);
		const bytes = (dir: string) =>
			said
				.flatMap((fact) => (fact.type === 'bytes' && fact.dir === dir ? [fact.hex] : []))
				.join('');
		expect(Buffer.from(bytes('out'), 'hex').toString()).toBe('AT!ENTERCND="******"\r');
		const heard = Buffer.from(bytes('in'), 'hex').toString();
		expect(heard).toMatch(/^AT!ENTERCND="\*{6}"/);
		expect(JSON.stringify(said) + heard).not.toContain('S3CRET');
	}
});

test.each([
	['+CME ERROR: 3', 'operation not allowed'],
	['+CME ERROR: 14', 'SIM busy'],
	['+CMS ERROR: 500', 'unknown error'],
	['+CME ERROR: SIM busy', undefined],
	['ERROR', undefined],
])('%s means %s', (result, meaning) => {
	expect(meaningOf(result)).toBe(meaning);
});
