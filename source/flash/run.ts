import type { FirmwareFile } from '../firmware/firmware-file.ts';
import { imageRanges } from '../firmware/image-tree.ts';
import type { Host } from '../host.ts';
import { exitCode } from '../problem.ts';
import { PortWatch } from '../usb/port-watch.ts';
import { download } from './download.ts';
import { downloadQdl } from './download-qdl.ts';
import { finish, finishQdl } from './finish.ts';
import { demandAllowed, type Plan } from './plan.ts';
import { openLoader, reachLoader } from './reach-loader.ts';
import { type FlashContext, phase } from './report.ts';
import { watchStages } from './stages.ts';
import { verify } from './verify.ts';

/**
 * The whole flash as planned, from the port to a modem that stays up. Says everything as events, the
 * end included, and returns the exit code. Nothing is retried that has begun to write. Throws the
 * refusal of a plan that may not be carried out, before anything is opened.
 */
export async function runFlash(
	host: Host,
	files: readonly FirmwareFile[],
	plan: Plan,
	settle: number,
	context: FlashContext,
): Promise<number> {
	demandAllowed(plan);
	const stages = watchStages(context);
	const { emit } = stages.context;
	const usb = await PortWatch.start(host, plan.path, emit);
	emit('flash', {
		type: 'flash-started',
		file: plan.file,
		...(plan.others.length > 0 ? { others: [...plan.others] } : {}),
		size: plan.size,
		path: plan.path,
		model: plan.model,
		to: plan.to,
		...(plan.from === undefined ? {} : { from: plan.from }),
	});
	for (const { name, images } of files) {
		emit('flash', { type: 'images', file: name, images: imageRanges(images) });
	}
	try {
		await carryOut(host, usb, files, plan, stages.context);
		await verify(host, usb, plan.to, settle, stages.context);
		emit('flash', {
			type: 'flash-ended',
			exit: exitCode.done,
			message: `Done: the modem runs ${plan.to} and stayed up for ${settle} s.`,
			modem: 'The modem runs its application.',
		});
		return exitCode.done;
	} catch (error) {
		const problem = stages.explain(error);
		const running = stages.running();
		if (running) phase(stages.context, running, 'failed', problem.message);
		emit('flash', {
			type: 'flash-ended',
			exit: problem.exit,
			message: problem.message,
			modem: problem.modem ?? 'The state of the modem is not known.',
			...(problem.next === undefined ? {} : { next: problem.next }),
		});
		return problem.exit;
	} finally {
		usb.stop();
	}
}

async function carryOut(
	host: Host,
	usb: PortWatch,
	files: readonly FirmwareFile[],
	plan: Plan,
	context: FlashContext,
): Promise<void> {
	if (plan.way === 'verify') return phase(context, 'reboot', 'running', 'it was restarted before');
	if (plan.way === 'reset') {
		const link = await openLoader(host, usb, context);
		const ending = plan.speaks === 'qdl' ? finishQdl : finish;
		return ending(link, context).finally(() => link.close());
	}
	const { link, speaks } = await reachLoader(host, usb, plan, context);
	try {
		if (speaks === 'qdl') await downloadQdl(link, files, context);
		else await download(link, files, context);
	} finally {
		await link.close();
	}
}
