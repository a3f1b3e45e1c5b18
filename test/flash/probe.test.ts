import { duplexPair } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type ProbeOptions, probeLoader } from '../../source/flash/loader/probe.ts';
import { streamLink } from '../../source/link/link.ts';
import { recordTraffic } from '../../source/link/traffic-recorder.ts';
import { exitCode, type Problem } from '../../source/problem.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';
import { findScenario, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { meet } from '../simulator/host.ts';
import { steppingClock } from '../simulator/stepping-clock.ts';
import { listen } from './rehearse.ts';

const helloResponse = `0200000030000000020000000200000000000000030000${'00'.repeat(25)}`;

const execute = '0d0000000c00000000ff0000';
const executeData = '0f0000000c00000000ff0000';

/** A flash's first steps against a simulated loader of this kind. */
async function connectTo(scenario: string, first?: Buffer) {
	const { clock, backend, modem } = await meet(scenario);
	const said = listen(clock);
	const link = recordTraffic(backend.open('ttyUSB0'), said.context.emit);
	if (first) {
		await link.write(first);
		await clock.sleep(1);
	}
	const ended = await probeLoader(link, said.context).catch((error: unknown) => error);
	const sent = said.of('bytes').filter(({ dir }) => dir === 'out');
	await link.close();
	return { ended, sent: sent.map(({ hex }) => hex), said, backend, clock, modem };
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
		expect(sent).toEqual([helloResponse, execute, executeData]);
		expect(said.phases()).toEqual([
			'connect running',
			'connect done',
			'sahara running',
			'sahara done',
		]);
	});

	it('answers HELLO two seconds after the port was opened and not before', async () => {
		const { backend, clock } = await meet('loader');
		const link = backend.open('ttyUSB0');
		const opened = clock.now();
		let answered = 0;
		const timed: typeof link = {
			...link,
			write: (bytes) => {
				answered ||= clock.now() - opened;
				return link.write(bytes);
			},
		};
		expect(await probeLoader(timed, listen(clock).context)).toBe('firehose');
		expect(answered).toBeGreaterThanOrEqual(2);
		expect(answered).toBeLessThan(3);
	});

	it('answers blind when HELLO was missed, after five seconds of silence and not before', async () => {
		const { ended, sent, said } = await connectTo('stuck');
		expect(ended).toBe('firehose');
		expect(sent[0]).toBe(helloResponse);
		expect(said.of('note').map(({ text }) => text)).toContain(
			'no HELLO: answering blind with HELLO_RSP mode 3',
		);
	});

	it.each(Array.from({ length: 23 }, (_, index) => index + 24))(
		'goes on where HELLO lost its first %i bytes on the way',
		async (lost) => {
			const { backend, clock } = await meet('loader');
			const link = backend.open('ttyUSB0');
			const opened = clock.now();
			let left = lost;
			let answered = 0;
			const lossy: typeof link = {
				...link,
				read: async (seconds, signal) => {
					const bytes = await link.read(seconds, signal);
					const kept = bytes?.subarray(left);
					left -= (bytes?.length ?? 0) - (kept?.length ?? 0);
					return kept?.length === 0 ? lossy.read(seconds, signal) : kept;
				},
				write: (bytes) => {
					answered ||= clock.now() - opened;
					return link.write(bytes);
				},
			};
			expect(await probeLoader(lossy, listen(clock).context)).toBe('firehose');
			expect(answered).toBeGreaterThanOrEqual(2);
		},
	);

	it.each([1, 24, 27, 47])(
		'takes the HELLO of a loader that was spoiled by an echo, behind %i zeros of its first one',
		async (zeros) => {
			const { backend, clock } = await meet('spoiled');
			const link = backend.open('ttyUSB0');
			let end = Buffer.alloc(zeros);
			const echoed: typeof link = {
				...link,
				read: async (seconds, signal) => {
					const bytes = await link.read(seconds, signal);
					if (!bytes) return undefined;
					const behind = Buffer.concat([end, bytes]);
					end = Buffer.alloc(0);
					return behind;
				},
			};
			const said = listen(clock);
			expect(await probeLoader(echoed, said.context)).toBe('reset');
			expect(said.of('note').map(({ text }) => text)).toContain(
				'HELLO with mode 2 MEMORY_DEBUG: answering with mode 3',
			);
		},
	);

	/** A host that dies at its n-th write or read, that one done. */
	const died = [
		...[1, 2, 3].map((at) => ['write', at] as const),
		...[1, 2, 3, 4].map((at) => ['read', at] as const),
	];
	it.each(
		died.flatMap(([what, at]) => ['loader', 'stuck', 'spoiled'].map((name) => [name, what, at])),
	)('goes on with a %s whose host died at its %s %i in Sahara', async (name, what, at) => {
		const { backend, clock, until } = await meet(`${name}`);
		const link = backend.open('ttyUSB0');
		const counted = { write: 0, read: 0 };
		const dies = (done: 'write' | 'read') => {
			counted[done] += 1;
			if (done === what && counted[done] === at) throw new Error('killed');
		};
		const dying: typeof link = {
			...link,
			write: (bytes) => link.write(bytes).then(() => dies('write')),
			read: async (seconds, signal) => {
				const bytes = await link.read(seconds, signal);
				dies('read');
				return bytes;
			},
		};
		const first = await probeLoader(dying, listen(clock).context).catch(({ message }) => message);
		await link.close();
		for (let found = first; found !== 'firehose'; ) {
			if (found === 'reset') {
				await until(0);
				await until(1);
			}
			const again = backend.open('ttyUSB0');
			found = await probeLoader(again, listen(clock).context).catch(({ name }) => name);
			// It was reset already, and goes.
			if (found === 'LinkLost') found = 'reset';
			expect(['firehose', 'reset']).toContain(found);
			await again.close();
		}
	});

	it('passes over the answer to a HELLO_RSP that crossed a late HELLO', async () => {
		const { link, theirs, said, heard } = byHand();
		const ready = encode(saharaMessages.commandReady);
		const answers: Readonly<Record<string, Buffer[]>> = {
			// Blind: HELLO was on its way, and both are answered.
			[helloResponse]: [encode(saharaMessages.hello, { mode: 2 }), ready],
			[execute]: [encode(saharaMessages.executeResponse, { execute: 0xff00, 'answer length': 9 })],
			[executeData]: [Buffer.from('confirmed')],
		};
		theirs.on('data', (chunk: Buffer) => {
			const sent = chunk.toString('hex');
			const again = sent === helloResponse && heard.length > 1;
			for (const answer of again ? [ready] : (answers[sent] ?? [])) theirs.write(answer);
		});
		expect(await probeLoader(link, said.context)).toBe('firehose');
		expect(heard.map((chunk) => chunk.toString('hex'))).toEqual([
			helloResponse,
			helloResponse,
			execute,
			executeData,
		]);
	});

	it('takes a late "confirmed" for a Firehose that runs', async () => {
		const { link, theirs, said, heard } = byHand();
		theirs.write('confirmed');
		expect(await probeLoader(link, said.context)).toBe('firehose');
		expect(heard).toEqual([]);
	});

	it('resets a loader that answers nothing but RESET, as its last try', async () => {
		const { link, theirs, said } = byHand();
		theirs.on('data', (chunk: Buffer) => {
			if (chunk.equals(encode(saharaMessages.reset))) {
				theirs.write(encode(saharaMessages.resetResponse));
			}
		});
		expect(await probeLoader(link, said.context)).toBe('reset');
		expect(said.of('note').at(-1)?.text).toBe(
			'still silent: asking for a reset; RESET writes nothing',
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
		expect(await probeLoader(link, said.context)).toBe('firehose');
		expect(heard).toEqual([]);
	});

	const switchMode = '0c0000000c00000003000000';
	const nop = firehoseDocument('NOP', { value: 'ping' }).toString('hex');
	const sdp = '7e70000014467e';
	const at = '41540d';
	const reset = '0700000008000000';
	it.each<[ProbeOptions['protocol'], ProbeOptions['loaderProtocol'], string]>([
		['auto', 'sahara', `${helloResponse}${switchMode}${nop}${at}${reset}`],
		['auto', undefined, `${helloResponse}${sdp}${switchMode}${nop}${at}${reset}`],
		['auto', 'qdl', `${sdp}${switchMode}${nop}${at}`],
		['sahara', undefined, `${helloResponse}${switchMode}${reset}`],
		['firehose', 'sahara', nop],
		['qdl', undefined, sdp],
	])(
		'sends the probes of %s on a mute port of a chip that speaks %s',
		async (protocol, loaderProtocol, sent) => {
			const { link, said, heard } = byHand();
			expect(await probeLoader(link, said.context, { protocol, loaderProtocol })).toBe('silent');
			expect(Buffer.concat(heard).toString('hex')).toBe(sent);
		},
	);

	it('opens QDL where the chip speaks it, and after whatever was left in the port', async () => {
		const { backend, clock } = await meet('loader-qdl');
		const said = listen(clock);
		const link = backend.open('ttyUSB0');
		// Half a message of an earlier tool, and its refusal, which nobody read.
		await link.write(Buffer.from('7e7000ff14467e', 'hex'));
		await clock.sleep(1);
		expect(await probeLoader(link, said.context, { protocol: 'auto', loaderProtocol: 'qdl' })).toBe(
			'qdl',
		);
	});

	it('takes a loader without SDP for QDL all the same', async () => {
		const { qdl: sound } = findScenario('loader-qdl');
		const qdl = { ...sound, answersSdp: 'ERROR 0x16' } as const;
		const { backend, clock } = await meet('loader-qdl', { but: { qdl } });
		const options = { protocol: 'auto', loaderProtocol: 'qdl' } as const;
		expect(await probeLoader(backend.open('ttyUSB0'), listen(clock).context, options)).toBe('qdl');
	});

	it('finds QDL within five seconds where the chip is not known', async () => {
		const { backend, clock } = await meet('loader-qdl');
		const opened = clock.now();
		expect(await probeLoader(backend.open('ttyUSB0'), listen(clock).context)).toBe('qdl');
		// A 9x30 that was sent there by preference leaves its loader then.
		expect(clock.now() - opened).toBeLessThan(5);
	});

	it.each<[string, Partial<Scenario>, string]>([
		['a DIAG port', { loader: 'diag' }, 'DIAG port of a running application'],
		['the emergency loader', { loader: 'edl' }, 'emergency loader'],
	])('names %s', async (_, but, says) => {
		const { backend, clock } = await meet('loader', { but });
		const options = {
			protocol: 'auto',
			loaderProtocol: but.loader === 'diag' ? undefined : 'sahara',
		} as const;
		const link = backend.open('ttyUSB0');
		await expect(probeLoader(link, listen(clock).context, options)).rejects.toMatchObject({
			exit: exitCode.refusedBeforeWrite,
			message: expect.stringContaining(says),
			modem: expect.stringContaining('Nothing was written'),
		});
	});

	it('names an AT port by its answer to AT, which is asked last', async () => {
		const { link, theirs, said } = byHand();
		theirs.on('data', (chunk: Buffer) => {
			if (chunk.equals(Buffer.from('AT\r'))) theirs.write('AT\r\r\nOK\r\n');
		});
		await expect(probeLoader(link, said.context)).rejects.toMatchObject({
			exit: exitCode.refusedBeforeWrite,
			message: expect.stringContaining('It looks like AT'),
			next: expect.stringContaining('catch it with AT!BOOTHOLD'),
		});
	});

	it('finds a Firehose that runs silently', async () => {
		const { backend, clock } = await meet('loader', { but: { loader: 'firehose' } });
		const options = { protocol: 'auto', loaderProtocol: 'sahara' } as const;
		expect(await probeLoader(backend.open('ttyUSB0'), listen(clock).context, options)).toBe(
			'firehose',
		);
	});

	it('resets a loader whose HELLO says memory debug, for it refuses Firehose', async () => {
		const { ended, said } = await connectTo('spoiled');
		expect(ended).toBe('reset');
		expect(said.of('note').map(({ text }) => text)).toContain(
			'HELLO with mode 2 MEMORY_DEBUG: answering with mode 3',
		);
	});

	it('leaves a port that is no loader alone', async () => {
		const { link, theirs, said, heard } = byHand();
		theirs.write('\r\n+CREG: 1\u001b[2J\r\n');
		const problem = await probeLoader(link, said.context).catch((error: unknown) => error);
		expect(problem).toMatchObject({ exit: exitCode.refusedBeforeWrite });
		expect((problem as Problem).message).not.toContain('\u001b');
		expect(heard).toEqual([]);
	});

	it('stops when asked, before a byte is written', async () => {
		const { link, said, heard } = byHand();
		said.stop.abort();
		const problem = await probeLoader(link, said.context).catch((error: unknown) => error);
		expect(problem).toMatchObject({ exit: exitCode.interrupted });
		expect(heard).toEqual([]);
	});

	it('explains every other refusal by its status', async () => {
		const { link, theirs, said } = byHand();
		theirs.write(Buffer.from('0400000010000000000000001c000000', 'hex'));
		const problem = await probeLoader(link, said.context).catch((error: unknown) => error);
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
			await probeLoader(link, said.context).catch(() => {});
			expect(Buffer.concat(heard).toString('hex')).toBe(helloResponse);
		},
	);
});
