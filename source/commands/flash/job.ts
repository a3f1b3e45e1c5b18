/** The process of a flash, which outlives whoever started it. */
import { runJob, stopOnSignals } from '../../flash/job/process.ts';
import { readRequest, requestOf } from '../../flash/job/request.ts';
import { announce, requestText } from '../../flash/job/waiting-job.ts';
import { windowWait } from '../../flash/loader/enter.ts';
import { filesChanged } from '../../flash/model/outcomes/job.ts';
import { demandAllowed } from '../../flash/model/plan.ts';
import { endIfStuck } from '../../link/long-writes.ts';
import { exitCode } from '../../problem.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';
import type { Output } from '../common/command.ts';
import { findHost } from '../common/find-host.ts';
import { openLoad } from './load.ts';
import { askModem, findModem } from './modem.ts';
import { nameTyped } from './name-typed.ts';

/**
 * Does what the request asks for that comes by the input, if one comes. The plan is made here, with every
 * CRC, of the files and the modem as they are now: it must be one that may be carried out, and of the same
 * bytes where one was made before. Where none was it is told, as a line of JSON.
 */
export async function carryOutJob({ out }: Output): Promise<number> {
	const stop = stopOnSignals();
	const text = requestText();
	if (text === undefined) return exitCode.done;
	const asked = readRequest(text);
	if (asked.rehearsal === undefined) announce(asked.path);
	const { file, others = [], programmer, model, digest, ...choices } = asked;
	const { host, origin, leave } = await findHost(asked.rehearsal);
	try {
		const open = await openLoad([file, ...others], programmer);
		try {
			const device = await findModem(host, asked.path, windowWait);
			const told = asked.unplanned ? await askModem(host, device) : {};
			const made = await open.plan({ ...choices, ...told, host, device });
			if (asked.unplanned) out(jsonText(made));
			if (digest !== undefined && digest !== made.digest) throw filesChanged();
			demandAllowed(made);
			const plan = { ...made, model: nameTyped(model, made) };
			const request = asked.unplanned
				? requestOf(host, plan, asked.recording, asked.settle)
				: asked;
			return await runJob({ host, origin, load: open.load, plan, request, stop });
		} finally {
			await open.close();
		}
	} finally {
		leave();
		endIfStuck();
	}
}
