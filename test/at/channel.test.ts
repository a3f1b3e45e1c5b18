import { duplexPair } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { AtChannel } from '../../source/at/channel.ts';
import { noResult } from '../../source/at/results.ts';
import { createClock } from '../../source/clock.ts';
import type { EventOf, Fact } from '../../source/events.ts';
import { streamLink } from '../../source/link/link.ts';
import { meet } from '../simulator/host.ts';
import { steppingClock } from '../simulator/stepping-clock.ts';

/** A channel whose other side says `pieces` to each command, or does what is asked for. */
type Say = (...pieces: (string | Buffer)[]) => Promise<void>;
function channelTo(answer: (command: string, say: Say) => void, clock = createClock()) {
	const [ours, theirs] = duplexPair();
	const said: Fact[] = [];
	const sent: string[] = [];
	const say = async (...pieces: (string | Buffer)[]) => {
		for (const piece of pieces) {
			if (!theirs.destroyed)
				theirs.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
			await new Promise((resolve) => setImmediate(resolve));
		}
	};
	theirs.on('error', () => {});
	theirs.on('data', (bytes: Buffer) => {
		sent.push(bytes.toString('latin1'));
		answer(bytes.toString('latin1').trim(), say);
	});
	const emit = (_: unknown, fact: Fact) => said.push(fact);
	const link = streamLink(ours, 'ttyUSB2', clock);
	return { channel: new AtChannel(link, clock, emit), said, sent, ours, theirs, clock, say };
}

const identity = '\r\nManufacturer: Sierra Wireless, Incorporated\r\nModel: RC7620\r\n\r\nOK\r\n';
const lines = ['Manufacturer: Sierra Wireless, Incorporated', 'Model: RC7620'];

test.each([
	['with echo', `ATI\r${identity}`],
	['with the echo of the line as typed', `ATI\r\n${identity}`],
	['without echo', identity],
])('an answer %s is the same, wherever it is cut', async (_, answer) => {
	for (let at = 0; at <= answer.length; at++) {
		const { channel, sent } = channelTo(
			(_command, say) => void say(answer.slice(0, at), answer.slice(at)),
		);
		expect(await channel.send('ATI', 5)).toMatchObject({ lines, result: 'OK' });
		expect(sent).toEqual(['ATI\r']);
	}
	const { channel } = channelTo((_command, say) => void say(...answer));
	expect(await channel.send('ATI', 5)).toMatchObject({ lines, result: 'OK' });
});

test.each([
	['\r\nOK\r\n', 'OK'],
	['\r\nERROR\r\n', 'ERROR'],
	['\r\n+CME ERROR: 3\r\n', '+CME ERROR: 3'],
	['\r\n+CME ERROR: operation not allowed\r\n', '+CME ERROR: operation not allowed'],
	['\r\n+CMS ERROR: 500\r\n', '+CMS ERROR: 500'],
	['\r\nNO CARRIER\r\n', 'NO CARRIER'],
])('%j is the result %s', async (answer, result) => {
	const { channel } = channelTo((_, say) => void say(answer));
	expect(await channel.send('AT', 5)).toMatchObject({ lines: [], result });
});

test('a line that somebody else had begun was not ours to refuse, wherever it is cut', async () => {
	const answer = 'AT+ATI\r\r\nERROR\r\n';
	for (let at = 0; at <= answer.length; at++) {
		const { channel, sent } = channelTo(
			(_command, say) => void say(answer.slice(0, at), answer.slice(at)),
		);
		expect((await channel.send('ATI', 5)).result).toBe(noResult.mixed);
		expect(sent).toEqual(['ATI\r']);
	}
});

test('a line that only holds OK is no result', async () => {
	const { channel } = channelTo((_, say) => void say('\r\nState: OK\r\nOK then\r\n\r\nOK\r\n'));
	expect(await channel.send('AT', 5)).toMatchObject({
		lines: ['State: OK', 'OK then'],
		result: 'OK',
	});
});

test('silence is no answer, after the time that was given for it', async () => {
	const { channel, clock } = channelTo(() => {}, steppingClock());
	const answer = await channel.send('AT', 3);
	expect(answer).toEqual({ lines: [], result: 'no answer', seconds: 3 });
	expect(clock.now()).toBe(3);
});

test('a modem that dribbles is given no more time than one that is silent', async () => {
	const { channel, clock } = channelTo((_, say) => {
		clock.every(1, () => void say('\r\nwait\r\n'));
	}, steppingClock());
	const answer = await channel.send('AT', 3.5);
	expect(answer).toMatchObject({ result: 'no answer', seconds: 3.5 });
	expect(answer.lines).toEqual(['wait', 'wait', 'wait']);
});

test('a wait that is aborted has no answer', async () => {
	const stop = new AbortController();
	const { channel } = channelTo(() => stop.abort());
	expect((await channel.send('AT', 1000, stop.signal)).result).toBe('no answer');
});

test('a port that is lost in the middle of an answer says so, and keeps what came', async () => {
	const { channel, ours } = channelTo((_, say) => {
		void say('ATI\r\r\nModel: RC7620\r\n').then(() => ours.destroy());
	});
	expect(await channel.send('ATI', 5)).toMatchObject({
		lines: ['Model: RC7620'],
		result: 'port lost',
	});
	expect((await channel.send('ATI', 5)).result).toBe('port lost');
});

test('a flood of binary is said so, and the next command is not deaf from it', async () => {
	let flooded = false;
	const { channel } = channelTo((_, say) => {
		void say(flooded ? '\r\nOK\r\n' : Buffer.alloc(20_000, 0xa5));
		flooded = true;
	});
	// Long before the time that was given for it.
	expect(await channel.send('ATI', 3600)).toMatchObject({
		lines: [],
		result: 'binary, not AT',
	});
	expect(await channel.send('AT', 5)).toMatchObject({ lines: [], result: 'OK' });
});

test('a flood of lines is said so too', async () => {
	const { channel } = channelTo((_, say) => {
		void say(...Array.from({ length: 100 }, () => '$GPGGA,1\r\n'.repeat(100)));
	});
	const answer = await channel.send('ATI', 3600);
	expect(answer).toMatchObject({ lines: [], result: 'no end of it' });
});

test('escape sequences are never in what is said', async () => {
	const hostile = '\x1b[2J\x9b2J\x07';
	const { channel, said } = channelTo((_, say) => {
		void say(`\r\nModel: ${hostile}\r\n\r\n+CME ERROR: ${hostile}\r\n`);
	});
	const answer = await channel.send(`AT${hostile}`, 5);
	expect(answer).toMatchObject({ lines: ['Model: .[2J.2J.'], result: '+CME ERROR: .[2J.2J.' });
	expect(JSON.stringify(said.map((fact) => Object.values(fact)))).not.toMatch(
		/\\u001b|\\u0007|\x9b/,
	);
	expect(said[0]).toMatchObject({ type: 'at-sent', command: 'AT.[2J.2J.' });
});

test('what came unsolicited is said as such, and answers nothing', async () => {
	const { channel, said, say } = channelTo((_, say) => {
		void say('\r\n+CREG: 1\r\n', 'AT\r\r\nOK\r\n');
	});
	// The late answer to a command that was given up long ago.
	await say('\r\nERROR\r\n');
	const answer = await channel.send('AT', 5);
	expect(answer).toMatchObject({ lines: [], result: 'OK' });
	const unsolicited = said.filter((fact) => fact.type === 'at-unsolicited');
	expect(unsolicited).toEqual(
		['ERROR', '+CREG: 1'].map((line) => ({ type: 'at-unsolicited', port: 'ttyUSB2', line })),
	);
});

test('a command and its answer are said as events', async () => {
	const { channel, said } = channelTo((_, say) => void say(`ATI\r${identity}`));
	const { seconds } = await channel.send('ATI', 5);
	expect(said).toEqual([
		{ type: 'at-sent', port: 'ttyUSB2', command: 'ATI' },
		{ type: 'at-answered', port: 'ttyUSB2', command: 'ATI', lines, result: 'OK', seconds },
	]);
});

test('a modem answers one command after the other', async () => {
	const { backend, clock, modem } = await meet('healthy');
	const link = backend.open('ttyUSB2');
	const said = vi.fn();
	const channel = new AtChannel(link, clock, said);
	const model = await channel.send('ATI', 5);
	expect(model.result).toBe('OK');
	expect(model.lines).toContain('Model: RC7620');
	expect((await channel.send('AT!IMPREF?', 5)).result).toBe('ERROR');
	expect((await channel.send('AT!ENTERCND="A710"', 5)).result).toBe('OK');
	expect((await channel.send('AT!IMPREF?', 5)).lines[0]).toBe('!IMPREF:');
	expect((await channel.send('ATE0', 5)).lines).toEqual([]);
	expect((await channel.send('AT', 5)).lines).toEqual([]);
	expect((await channel.send('AT!RESET', 5)).result).toBe('OK');
	expect((await channel.send('AT', 5)).result).toBe('port lost');
	const answers = said.mock.calls.map(([, fact]) => fact as Fact);
	expect(
		answers.filter((fact): fact is EventOf<'at-answered'> => fact.type === 'at-answered'),
	).toHaveLength(8);
	await modem.stop();
});
