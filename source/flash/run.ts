import { join } from 'node:path';
import type { UsbDevice } from '../events.ts';
import type { FirmwareFile } from '../firmware/firmware-file.ts';
import { imageRanges } from '../firmware/image-tree.ts';
import type { Host } from '../host.ts';
import { type Link, LinkLost } from '../link/link.ts';
import { openPort } from '../link/open.ts';
import { tap } from '../link/tap.ts';
import { bulkPort } from '../link/usb-bulk.ts';
import { exitCode, Problem } from '../problem.ts';
import { loaderInterface, loaderNode } from '../usb/modes.ts';
import { PortWatch } from '../usb/port-watch.ts';
import { connect } from './connect.ts';
import { download } from './download.ts';
import { finish } from './finish.ts';
import type { Plan } from './plan.ts';
import { type FlashContext, note, phase } from './report.ts';
import { verify } from './verify.ts';

/** Seconds for a loader that was reset to enumerate again. */
const resetWait = 60;
/** Seconds that the kernel may take to bind a driver to a loader that has come. */
const driverWait = 2;

/**
 * The whole flash as planned, from the port to a modem that stays up. Says everything as events, the
 * end included, and returns the exit code. Nothing is retried that has begun to write.
 */
export async function runFlash(
	host: Host,
	file: FirmwareFile,
	plan: Plan,
	settle: number,
	context: FlashContext,
): Promise<number> {
	const { emit } = context;
	const usb = await PortWatch.start(host, plan.path, emit);
	emit('flash', {
		type: 'flash-started',
		file: file.path,
		size: file.size,
		path: plan.path,
		model: plan.model,
		to: plan.to,
		...(plan.from === undefined ? {} : { from: plan.from }),
	});
	emit('flash', { type: 'images', file: file.name, images: imageRanges(file.images) });
	const stages = watchStages(context);
	try {
		await carryOut(host, usb, file, plan, stages.context);
		await verify(host, usb, file.versions.firmware?.value ?? plan.to, settle, stages.context);
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
		if (running) phase(context, running, 'failed', problem.message);
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
	file: FirmwareFile,
	plan: Plan,
	context: FlashContext,
): Promise<void> {
	if (plan.way === 'flash') return flashOnce(host, usb, file, context);
	if (plan.way === 'verify') return phase(context, 'reboot', 'running', 'it was restarted before');
	const link = await openLoader(host, usb, context);
	try {
		await finish(link, context);
	} finally {
		await link.close();
	}
}

async function flashOnce(
	host: Host,
	usb: PortWatch,
	file: FirmwareFile,
	context: FlashContext,
): Promise<void> {
	const link = await openLoader(host, usb, context);
	try {
		if ((await connect(link, context)) === 'firehose') {
			await download(link, file, context);
			return;
		}
	} finally {
		await link.close();
	}
	const again = await afterReset(host, usb, context);
	try {
		if ((await connect(again, context)) === 'firehose') {
			await download(again, file, context);
			return;
		}
	} finally {
		await again.close();
	}
	throw new Problem(
		exitCode.refusedBeforeWrite,
		'The loader refuses Firehose even after a reset.',
		{
			modem: 'Nothing was written; the modem was reset.',
			next: 'power cycle it with TP1 low and flash again.',
		},
	);
}

async function openLoader(host: Host, usb: PortWatch, context: FlashContext): Promise<Link> {
	const port = await loaderPort(host, usb, context);
	if (port) return tap(await openPort(port, host.clock), context.emit);
	throw new Problem(exitCode.noDevice, 'No boot loader holds at this port.', {
		modem: 'Nothing was written.',
		next: 'catch the modem with AT!BOOTHOLD, or power cycle it with TP1 low.',
	});
}

/** The tty, when a driver makes one in time; else the bulk pipes themselves (rule R12). */
async function loaderPort(host: Host, usb: PortWatch, context: FlashContext) {
	const hasTty = (device: UsbDevice | undefined) => !!device && !!loaderNode(device);
	if (usb.device && loaderInterface(usb.device)) await usb.until(hasTty, driverWait);
	const node = usb.device && loaderNode(usb.device);
	if (node) return join(host.dev, node);
	const bare = usb.device && loaderInterface(usb.device);
	if (!usb.device || !bare) return undefined;
	note(context, 'no driver made a tty of the loader: speaking over its bulk endpoints');
	return bulkPort(usb.device.path, bare.number);
}

async function afterReset(host: Host, usb: PortWatch, context: FlashContext): Promise<Link> {
	note(context, 'waiting for the loader to enumerate again');
	const left = await usb.until((device) => device === undefined, resetWait);
	const holds = (device: UsbDevice | undefined) =>
		!!device && !!(loaderNode(device) ?? loaderInterface(device));
	const held = left && (await usb.until(holds, resetWait));
	if (held) return openLoader(host, usb, context);
	throw new Problem(exitCode.noDevice, 'The boot loader did not come back after its reset.', {
		modem: 'Nothing was written; the modem starts its application, or tries to.',
		next: 'catch it with AT!BOOTHOLD, or power cycle it with TP1 low, and flash again.',
	});
}

/** Follows the phases, so that a lost port is explained by where it was lost. */
function watchStages(context: FlashContext) {
	const states = new Map<string, string>();
	const emit: FlashContext['emit'] = (source, fact) => {
		if (fact.type === 'flash-phase') states.set(fact.phase, fact.state);
		context.emit(source, fact);
	};
	const running = () =>
		(['connect', 'sahara', 'configure', 'write', 'commit', 'reboot', 'check'] as const).find(
			(name) => states.get(name) === 'running',
		);
	const explain = (error: unknown): Problem => {
		if (error instanceof Problem) return error;
		const why = error instanceof Error ? error.message : String(error);
		if (states.get('commit') === 'done') {
			return new Problem(exitCode.writtenButUnchecked, `${why}.`, {
				modem: 'The new firmware was written and accepted.',
				next: 'watch the modem in the USB view and read its version with ATI.',
				cause: error,
			});
		}
		const writing = states.has('write');
		const lost = error instanceof LinkLost ? `The port was lost: ${why}.` : `${why}.`;
		return writing
			? new Problem(exitCode.failedDuringWrite, lost, {
					modem: 'The modem may hold part of the new firmware and needs another flash.',
					next: 'wait for its boot loader, or power cycle it with TP1 low, and flash again.',
					cause: error,
				})
			: new Problem(exitCode.noDevice, lost, {
					modem: 'Nothing was written.',
					next: 'wait for its boot loader, and flash again.',
					cause: error,
				});
	};
	return { context: { ...context, emit }, running, explain };
}
