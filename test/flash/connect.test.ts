import { duplexPair } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { connect } from '../../source/flash/connect.ts';
import { streamLink } from '../../source/link/link.ts';
import { tap } from '../../source/link/tap.ts';
import { exitCode, Problem } from '../../source/problem.ts';
import { meet } from '../simulator/host.ts';
import { steppingClock } from '../simulator/stepping-clock.ts';
import { listen } from './rehearse.ts';

const helloResponse = `0200000030000000020000000200000000000000030000${'00'.repeat(25)}`;

/** A flash's first steps against a simulated loader of this kind. */
async function connectTo(scenario: string, first?: Buffer) {
	const { clock, face, modem } = await meet(scenario);
	const said = listen(clock);
	const link = tap(face.open('ttyUSB0'), said.context.emit);
	if (first) {
		await link.write(first);
		await clock.sleep(1);
	}
	const ended = await connect(link, said.context).catch((error: unknown) => error);
	const sent = said.of('bytes').filter(({ dir }) => dir === 'out');
	await link.close();
	return { ended, sent: sent.map(({ hex }) => hex), said, face, clock, modem };
}

/** A port at whose other end somebody writes by hand. */
function byHand() {
	const clock = steppingClock();
	const [ours, theirs] = duplexPair();
	const heard: Buffer[] = [];
	theirs.on('data', (chunk: Buffer) => heard.push(chunk));
	return { clock, link: streamLink(ours, 'hand', clock), theirs, heard, said: listen(clock) };
}

describe('connecting to a loader', () => {
	it('sends nothing before HELLO, and reaches Firehose', async () => {
		const { ended, sent, said } = await connectTo('loader');
		expect(ended).toBe('firehose');
		expect(sent).toEqual([helloResponse, '0d0000000c00000000ff0000', '0f0000000c00000000ff0000']);
		expect(said.phases()).toEqual([
			'connect running',
			'connect done',
			'sahara running',
			'sahara done',
		]);
	});

	it('answers blind when HELLO was missed, after five seconds of silence and not before', async () => {
		const { ended, sent, said } = await connectTo('stuck');
		expect(ended).toBe('firehose');
		expect(sent[0]).toBe(helloResponse);
		expect(said.of('note').map(({ text }) => text)).toContain(
			'no HELLO: answering blind with HELLO_RSP mode 3',
		);
	});

	it('resets a loader that met junk and refuses 0xff00', async () => {
		const { ended, sent } = await connectTo(
			'stuck',
			Buffer.from('7e7000001446 7e'.replace(' ', ''), 'hex'),
		);
		expect(ended).toBe('reset');
		expect(sent.at(-1)).toBe('0700000008000000');
	});

	it('takes up a Firehose that runs already', async () => {
		const { link, theirs, said, heard } = byHand();
		theirs.write('<?xml version="1.0" encoding="UTF-8" ?><data><log value="hi"/></data>');
		expect(await connect(link, said.context)).toBe('firehose');
		expect(heard).toEqual([]);
	});

	it('climbs the whole ladder on a mute port, and says that nothing was written', async () => {
		const { link, said, heard } = byHand();
		const problem = await connect(link, said.context).catch((error: unknown) => error);
		expect(problem).toBeInstanceOf(Problem);
		expect(problem).toMatchObject({ exit: exitCode.refusedBeforeWrite });
		expect((problem as Problem).modem).toContain('Nothing was written');
		expect(Buffer.concat(heard).toString('hex')).toBe(`${helloResponse}0c0000000c00000003000000`);
	});

	it('leaves a port that is no loader alone', async () => {
		const { link, theirs, said, heard } = byHand();
		theirs.write('\r\n+CREG: 1\u001b[2J\r\n');
		const problem = await connect(link, said.context).catch((error: unknown) => error);
		expect(problem).toMatchObject({ exit: exitCode.refusedBeforeWrite });
		expect((problem as Problem).message).not.toContain('\u001b');
		expect(heard).toEqual([]);
	});

	it('stops when asked, before a byte is written', async () => {
		const { link, said, heard } = byHand();
		said.stop.abort();
		const problem = await connect(link, said.context).catch((error: unknown) => error);
		expect(problem).toMatchObject({ exit: exitCode.interrupted });
		expect(heard).toEqual([]);
	});

	it('explains every other refusal by its status', async () => {
		const { link, theirs, said } = byHand();
		theirs.write(Buffer.from('0400000010000000000000001c000000', 'hex'));
		const problem = await connect(link, said.context).catch((error: unknown) => error);
		expect((problem as Problem).message).toContain('INVALID_MODE_SWITCH (0x1c)');
	});

	it.each(Array.from({ length: 47 }, (_, index) => index + 1))(
		'takes a HELLO that comes in two pieces, cut at %i',
		async (cut) => {
			const { link, theirs, said, heard, clock } = byHand();
			const hello = Buffer.from(
				`010000003000000002000000010000000004000003${'00'.repeat(27)}`,
				'hex',
			);
			theirs.write(hello.subarray(0, cut));
			void clock.sleep(0.1).then(() => theirs.write(hello.subarray(cut)));
			await connect(link, said.context).catch(() => {});
			expect(Buffer.concat(heard).toString('hex')).toBe(helloResponse);
		},
	);
});
