/** The process of a flash, which outlives whoever started it. */
import { runJob, stopOnSignals } from '../../flash/job/process.ts';
import { takeRequest } from '../../flash/job/request.ts';
import { windowWait } from '../../flash/loader/enter.ts';
import { filesChanged } from '../../flash/model/outcomes/job.ts';
import { demandAllowed } from '../../flash/model/plan.ts';
import { findHost } from '../common/find-host.ts';
import { openLoad } from './load.ts';
import { findModem } from './modem.ts';
import { nameTyped } from './name-typed.ts';

/**
 * Does what the request in this file asks for. The plan is made anew, with every CRC, of the files
 * and the modem as they are now: it must be one that may be carried out, of the same bytes.
 */
export async function carryOutJob(path: string): Promise<number> {
	const stop = stopOnSignals();
	const request = await takeRequest(path);
	const { file, others = [], programmer, model, digest, ...choices } = request;
	const { host, origin, leave } = await findHost(request.rehearsal);
	try {
		const open = await openLoad([file, ...others], programmer);
		try {
			const device = await findModem(host, request.path, windowWait);
			const made = await open.plan({ ...choices, host, device });
			if (digest !== undefined && digest !== made.digest) throw filesChanged();
			demandAllowed(made);
			const plan = { ...made, model: nameTyped(model, made) };
			return await runJob({ host, origin, load: open.load, plan, request, stop });
		} finally {
			await open.close();
		}
	} finally {
		leave();
	}
}
