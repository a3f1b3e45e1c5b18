/**
 * From an open port to Firehose. The ladder: listen first, because a Sierra loader says HELLO once
 * and takes whatever is sent before it for junk; then the blind answer that litefw gives; then
 * SWITCH_MODE, which brings some loaders to say HELLO again. Each rung only when the one before was
 * silent. docs/flash.md tells what of this is proven where.
 */
import type { Link } from '../link/link.ts';
import { exitCode, Problem } from '../problem.ts';
import { encode, numberOf } from '../protocol/fields.ts';
import {
	type SaharaPacket,
	saharaMessages,
	saharaModes,
	saharaStatus,
	sayExecute,
	sayExecuteData,
	sayHelloResponse,
	saySwitchMode,
} from '../protocol/sahara.ts';
import { sanitize } from '../protocol/sanitize.ts';
import { type FlashContext, note, phase } from './report.ts';
import { type Heard, SaharaPort } from './sahara-port.ts';

/** How it ended: Firehose listens, or the loader was reset and will enumerate again. */
export type Connected = 'firehose' | 'reset';

/** Sierra's EXECUTE that switches to Firehose. */
const switchToFirehose = 0xff00;
const unsupportedCommand = 0x1f;
/** Seconds that a loader may take for HELLO, and for any answer after it. */
const helloWait = 5;
const answerWait = 3;

const untouched = 'Nothing was written; the modem is as it was.';

export async function connect(link: Link, context: FlashContext): Promise<Connected> {
	const port = new SaharaPort(link, context.clock);
	phase(context, 'connect', 'running', 'listening for HELLO');
	const heard = await climb(port, context);
	phase(context, 'connect', 'done', heard.kind === 'firehose' ? 'Firehose runs already' : 'Sahara');
	if (heard.kind === 'firehose') {
		phase(context, 'sahara', 'done', 'not needed: Firehose runs already');
		return 'firehose';
	}
	phase(context, 'sahara', 'running');
	const ended = await commandMode(port, heard.packet, context);
	phase(
		context,
		'sahara',
		ended === 'firehose' ? 'done' : 'failed',
		ended === 'reset' ? 'refused; the loader was reset' : 'confirmed',
	);
	return ended;
}

type Answer = Extract<Heard, { kind: 'packet' | 'firehose' }>;

async function climb(port: SaharaPort, context: FlashContext): Promise<Answer> {
	const rungs = [
		{ why: 'listening: a loader says HELLO first, and once', say: undefined, seconds: helloWait },
		{
			why: 'no HELLO: answering blind with HELLO_RSP mode 3',
			say: sayHelloResponse(),
			seconds: answerWait,
		},
		{ why: 'still silent: asking with SWITCH_MODE 3', say: saySwitchMode(), seconds: answerWait },
	];
	for (const { why, say, seconds } of rungs) {
		stopIfAsked(context);
		note(context, why);
		if (say) await port.say(say);
		const heard = await port.listen(seconds, context.stop);
		if (heard.kind === 'packet' || heard.kind === 'firehose') return heard;
		if (heard.kind === 'other') throw notALoader(heard.bytes);
	}
	stopIfAsked(context);
	throw new Problem(
		exitCode.refusedBeforeWrite,
		'The port is open, but neither Sahara nor Firehose answered.',
		{
			modem: untouched,
			next: 'power cycle the modem with TP1 low, or catch it again with AT!BOOTHOLD, then flash again.',
		},
	);
}

function notALoader(bytes: Buffer): Problem {
	const shown = sanitize(bytes.subarray(0, 16).toString('latin1'));
	return new Problem(
		exitCode.refusedBeforeWrite,
		`What answers on this port is no Sahara loader: ${bytes.length} bytes that begin with "${shown}".`,
		{ modem: untouched, next: 'look at the bytes in the Flash view; the port may be DIAG or AT.' },
	);
}

/** Command mode, EXECUTE 0xff00, "confirmed". */
async function commandMode(
	port: SaharaPort,
	first: SaharaPacket,
	context: FlashContext,
): Promise<Connected> {
	let packet: SaharaPacket | undefined = first;
	if (packet.message === saharaMessages.hello) {
		const mode = numberOf(packet.fields, 'mode') as keyof typeof saharaModes;
		note(context, `HELLO with mode ${mode} ${saharaModes[mode] ?? ''}: answering with mode 3`);
		await port.say(sayHelloResponse());
		packet = await nextPacket(port, context);
	}
	if (packet?.message === saharaMessages.commandReady) {
		await port.say(sayExecute(switchToFirehose));
		packet = await nextPacket(port, context);
	}
	if (packet?.message === saharaMessages.executeResponse) {
		await port.say(sayExecuteData(switchToFirehose));
		const answer = await port.raw(numberOf(packet.fields, 'answer length'), answerWait);
		note(context, `the loader answered "${sanitize(answer.toString('latin1'))}"`);
		if (answer.length > 0) return 'firehose';
	}
	if (packet?.message === saharaMessages.endImage) return refused(port, packet, context);
	const came = packet ? `${packet.message.name} came instead` : 'nothing came';
	throw new Problem(exitCode.refusedBeforeWrite, `The loader did not go on to Firehose: ${came}.`, {
		modem: untouched,
		next: 'power cycle the modem with TP1 low and flash again.',
	});
}

async function nextPacket(
	port: SaharaPort,
	context: FlashContext,
): Promise<SaharaPacket | undefined> {
	stopIfAsked(context);
	const heard = await port.listen(answerWait, context.stop);
	if (heard.kind === 'other') throw notALoader(heard.bytes);
	return heard.kind === 'packet' ? heard.packet : undefined;
}

/** A loader that met junk refuses 0xff00 until it is reset: RESET writes nothing. */
async function refused(
	port: SaharaPort,
	packet: SaharaPacket,
	context: FlashContext,
): Promise<Connected> {
	const status = numberOf(packet.fields, 'status');
	const name = `${saharaStatus[status] ?? 'status'} (0x${status.toString(16)})`;
	if (status === unsupportedCommand) {
		note(context, `the loader refuses the switch to Firehose: ${name}; resetting it`);
		await port.say(encode(saharaMessages.reset));
		await port.listen(answerWait);
		return 'reset';
	}
	throw new Problem(
		exitCode.refusedBeforeWrite,
		`The loader refused the switch to Firehose: ${name}.`,
		{
			modem: untouched,
			next: 'power cycle the modem with TP1 low and flash again.',
		},
	);
}

/** A safe point: nothing has been written yet. */
export function stopIfAsked({ stop }: FlashContext): void {
	if (!stop.aborted) return;
	throw new Problem(exitCode.interrupted, 'Stopped, as asked.', {
		modem: `${untouched} It may need a power cycle before the next flash.`,
	});
}
