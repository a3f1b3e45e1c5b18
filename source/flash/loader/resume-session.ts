/** Back into the session of a flash of several files that ended between two of them. Writes nothing. */
import type { Host } from '../../host.ts';
import type { Link } from '../../link/link.ts';
import type { RecordedLink } from '../../link/traffic-recorder.ts';
import { helloTimeout } from '../../protocol/sahara/messages.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { PortWatch } from '../../usb/scan/port-watch.ts';
import { FirehosePort } from '../download/firehose-client.ts';
import { stopBeforeFile } from '../download/write-progress.ts';
import { type FlashContext, phase } from '../model/context.ts';
import { sessionGone } from '../model/outcomes/loader.ts';
import type { BatchPosition } from '../model/outcomes/states.ts';
import type { Plan } from '../model/plan.ts';
import type { ResumePoint } from '../model/resume.ts';
import { openLoader } from './connect-loader.ts';
import { LoaderPort } from './loader-port.ts';

/** Seconds for an answer to what was asked before. */
const lateWait = 1;

/**
 * Returns an open link to the loader that accepted the files before. Throws a Problem, after which a
 * flash begins from the start, when it is another one, or answers no more.
 */
export async function resumeSession(
	host: Host,
	usb: PortWatch,
	{ others, loaderProtocol }: Plan,
	{ accepted, loader }: ResumePoint,
	context: FlashContext,
): Promise<RecordedLink> {
	const position: BatchPosition = { accepted, of: 1 + others.length };
	phase(context, 'connect', 'running', 'looking for the session that was left');
	stopBeforeFile(context, position);
	if (usb.device?.number !== loader)
		throw sessionGone(context.ways, 'The modem was restarted since.', position);
	const link = await openLoader(host, usb, context);
	try {
		// QDL asks with the HELLO that every file begins with.
		if (loaderProtocol === 'qdl') await dropAnswers(link, context);
		else await demandFirehose(link, position, context);
	} catch (error) {
		await link.close();
		throw error;
	}
	phase(context, 'connect', 'done', 'the loader is the same one');
	phase(context, 'sahara', 'done', 'not needed: its session still runs');
	return link;
}

/** What the flash before asked for may only now be answered. */
async function dropAnswers(link: Link, { clock, stop }: FlashContext): Promise<void> {
	const port = new LoaderPort(link, clock);
	while ((await port.listen(lateWait, stop)).kind === 'frame');
}

async function demandFirehose(
	link: Link,
	position: BatchPosition,
	context: FlashContext,
): Promise<void> {
	const { clock, stop } = context;
	const reply = await new LoaderPort(link, clock).listen(helloTimeout, stop);
	if (reply.kind === 'packet') {
		throw sessionGone(
			context.ways,
			'The loader says HELLO: the modem was restarted since.',
			position,
		);
	}
	stopBeforeFile(context, position);
	const port = new FirehosePort(link, clock);
	await port.drain();
	const answer = await port.request('NOP', { value: 'ping' });
	if (answer.value === undefined)
		throw sessionGone(context.ways, 'The loader says nothing any more.', position);
	if (answer.value !== 'ACK') {
		throw sessionGone(
			context.ways,
			`The loader refuses a NOP: ${sanitize(answer.logs.at(-1) ?? 'NAK')}.`,
			position,
		);
	}
	await port.drain();
}
