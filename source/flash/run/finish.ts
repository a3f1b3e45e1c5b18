import type { Link } from '../../link/link.ts';
import { exitCode, Problem } from '../../problem.ts';
import { numberOf } from '../../protocol/fields.ts';
import { qdlMessages } from '../../protocol/qdl/qdl.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { FirehosePort } from '../download/firehose-client.ts';
import { powerReset } from '../download/firehose-steps.ts';
import { QdlPort, refusedBy } from '../download/qdl-client.ts';
import { commitWait, flashAgain, halfWritten } from '../download/write-progress.ts';
import { LoaderPort } from '../loader/loader-port.ts';
import { type FlashContext, note, phase, stopIfRequested } from '../model/context.ts';

/** Seconds for a HELLO. */
const helloWait = 5;

/**
 * Ends a flash whose process died when every byte was sent: hears how the commit went, as far as the
 * loader still says it, and resets the modem. Writes no firmware.
 */
export async function finish(link: Link, context: FlashContext): Promise<void> {
	phase(context, 'commit', 'running', 'listening for how the commit went');
	stopIfRequested(context);
	const reply = await new LoaderPort(link, context.clock).listen(helloWait, context.stop);
	if (reply.kind === 'packet') throw restarted(context);
	stopIfRequested(context);
	const port = new FirehosePort(link, context.clock);
	// To a loader that still writes, this waits in its port until it is done.
	const answer = await port.request('NOP', { value: 'ping' }, commitWait);
	for (const line of answer.logs) note(context, sanitize(line));
	if (answer.value === undefined) throw silent(context);
	if (answer.value !== 'ACK') throw refused(answer.logs.at(-1) ?? 'NAK', context);
	phase(context, 'commit', 'done', 'the loader has ended it');
	phase(context, 'reboot', 'running');
	await powerReset(port);
}

/** The same over QDL, where the answer to the last chunk tells how the commit went. */
export async function finishQdl(link: Link, context: FlashContext): Promise<void> {
	phase(context, 'commit', 'running', 'listening for how the commit went');
	stopIfRequested(context);
	const port = new QdlPort(link, context.clock);
	const said = await port.answer(qdlMessages.writeResponse, commitWait);
	if (said.kind === 'silence') throw silent(context);
	const why = said.kind === 'answer' ? refusedBy(numberOf(said.fields, 'status')) : said.says;
	if (why) throw refused(why, context);
	phase(context, 'commit', 'done', 'the loader has ended it');
	phase(context, 'reboot', 'running');
	await port.send(qdlMessages.reset);
}

type Again = Pick<FlashContext, 'again'>;

const restarted = ({ again }: Again) =>
	new Problem(
		exitCode.failedDuringWrite,
		'The loader says HELLO: the modem was restarted since, and did not start what was written.',
		{
			modem: 'It holds in its boot loader; nothing was written now.',
			next:
				again ??
				'let go of TP1 and power cycle it; if it comes back to its loader, flash it again.',
		},
	);
const silent = ({ again }: Again) =>
	new Problem(exitCode.failedDuringWrite, 'The loader says nothing any more.', {
		modem: 'Every byte was sent before; whether the modem accepted them is not known.',
		next: again ?? 'power cycle it without TP1 and see what starts; flash again if nothing does.',
	});
const refused = (why: string, { again = flashAgain }: Again) =>
	new Problem(
		exitCode.failedDuringWrite,
		`The modem refused what was written: ${sanitize(why).replace(/\.$/, '')}.`,
		{
			modem: halfWritten,
			next: again,
		},
	);
