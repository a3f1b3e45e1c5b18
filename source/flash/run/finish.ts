import type { Link } from '../../link/link.ts';
import { numberOf } from '../../protocol/fields.ts';
import { firehoseCommitTimeout } from '../../protocol/firehose/elements.ts';
import { qdlCommitTimeout, qdlMessages } from '../../protocol/qdl/qdl.ts';
import { helloTimeout } from '../../protocol/sahara/messages.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { FirehosePort } from '../download/firehose-client.ts';
import { powerReset } from '../download/firehose-steps.ts';
import { QdlPort, refusedBy } from '../download/qdl-client.ts';
import { LoaderPort } from '../loader/loader-port.ts';
import { type FlashContext, note, phase, stopIfRequested } from '../model/context.ts';
import { commitRefused, restartedSince, silentSince } from '../model/outcomes/restart.ts';

/**
 * Ends a flash whose process died when every byte was sent: hears how the commit went, as far as the
 * loader still says it, and resets the modem. Writes no firmware.
 */
export async function finish(link: Link, context: FlashContext): Promise<void> {
	phase(context, 'commit', 'running', 'listening for how the commit went');
	stopIfRequested(context);
	const reply = await new LoaderPort(link, context.clock).listen(helloTimeout, context.stop);
	if (reply.kind === 'packet') throw restartedSince(context.ways);
	stopIfRequested(context);
	const port = new FirehosePort(link, context.clock);
	// To a loader that still writes, this waits in its port until it is done.
	const answer = await port.request(
		'NOP',
		{ value: 'ping' },
		{
			seconds: firehoseCommitTimeout,
		},
	);
	for (const line of answer.logs) note(context, sanitize(line));
	if (answer.value === undefined) throw silentSince(context.ways);
	if (answer.value !== 'ACK') throw commitRefused(context.ways, answer.logs.at(-1) ?? 'NAK');
	phase(context, 'commit', 'done', 'the loader has ended it');
	phase(context, 'reboot', 'running');
	await powerReset(port);
}

/** The same over QDL, where the answer to the last chunk tells how the commit went. */
export async function finishQdl(link: Link, context: FlashContext): Promise<void> {
	phase(context, 'commit', 'running', 'listening for how the commit went');
	stopIfRequested(context);
	const port = new QdlPort(link, context.clock);
	const reply = await port.answer(qdlMessages.writeResponse, qdlCommitTimeout);
	if (reply.kind === 'silence') throw silentSince(context.ways);
	const why = reply.kind === 'answer' ? refusedBy(numberOf(reply.fields, 'status')) : reply.says;
	if (why) throw commitRefused(context.ways, why);
	phase(context, 'commit', 'done', 'the loader has ended it');
	phase(context, 'reboot', 'running');
	await port.send(qdlMessages.reset);
}
