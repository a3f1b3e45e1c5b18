import { imageRanges } from '../../firmware/cwe/image-tree.ts';
import type { FirmwareFile } from '../../firmware/firmware-file.ts';
import type { Versions } from '../../firmware/versions.ts';
import type { Host } from '../../host.ts';
import { exitCode, type Problem } from '../../problem.ts';
import { PortWatch } from '../../usb/scan/port-watch.ts';
import { download } from '../download/firehose.ts';
import { downloadQdl } from '../download/qdl.ts';
import { connectLoader, openLoader } from '../loader/connect-loader.ts';
import { enterLoader } from '../loader/enter.ts';
import { restorePreference } from '../loader/preference.ts';
import { resumeSession } from '../loader/resume-session.ts';
import { type FlashContext, phase } from '../model/context.ts';
import { type Preference, preferenceLeft } from '../model/outcomes/loader.ts';
import { done, doneUnasked } from '../model/outcomes/restart.ts';
import { notKnown, running } from '../model/outcomes/states.ts';
import { demandAllowed, isOverridden, type Plan } from '../model/plan.ts';
import type { Settings } from '../model/settings.ts';
import { emergencyWays, waysOf } from '../model/ways.ts';
import { type Inhibitors, startInhibitors } from '../system/inhibitors.ts';
import { finish, finishQdl } from './finish.ts';
import { flashPartitions, type Partitions } from './partitions.ts';
import { phaseTracker } from './phases.ts';
import { verify } from './verify.ts';

/** What is written: firmware by the modem's own boot loader, or partitions by a programmer. */
export type Load = readonly FirmwareFile[] | Partitions;

/**
 * The whole flash as planned, from the port to a modem that stays up. Says everything as events, the
 * end included, and returns the exit code. Nothing is retried that has begun to write. Throws the
 * refusal of a plan that may not be carried out, before anything is opened.
 */
export async function runFlash(
	host: Host,
	load: Load,
	plan: Plan,
	settle: number,
	context: Omit<FlashContext, 'ways' | 'transport'>,
): Promise<number> {
	demandAllowed(plan);
	const ways = 'set' in load ? emergencyWays : waysOf(plan.model);
	const phases = phaseTracker({ ...context, ways, transport: plan.transport });
	const { emit } = phases.context;
	// Of a set of partitions none is a flash of its own, to go on with.
	const files = 'set' in load ? [] : load;
	let inhibitors: Inhibitors | undefined;
	let preference: Preference | undefined;
	const usb = await PortWatch.start(host, plan.path, (source, fact, t) => {
		emit(source, fact, t);
		if (fact.type === 'usb-came') inhibitors?.onDevice(fact.device);
	});
	emit('flash', {
		type: 'flash-started',
		file: plan.file,
		...(files.length > 1 ? { others: [...plan.others] } : {}),
		...(plan.mode === 'flash' || plan.mode === 'feed'
			? {}
			: { accepted: plan.resume?.accepted ?? files.length }),
		size: plan.size,
		path: plan.path,
		model: plan.model,
		to: plan.to,
		...(plan.from === undefined ? {} : { from: plan.from }),
	});
	const checks = plan.checks.map(({ name, state, says, overridden = false }) => ({
		name,
		state,
		says,
		overridden,
	}));
	emit('flash', { type: 'flash-plan', way: plan.mode, checks });
	for (const { name, images } of files) {
		emit('flash', { type: 'images', file: name, images: imageRanges(images) });
	}
	try {
		inhibitors = await startInhibitors(
			host,
			{ path: plan.path, needed: !isOverridden(plan, 'modemmanager') },
			emit,
		);
		if (usb.device) inhibitors.onDevice(usb.device);
		const message = await ('set' in load
			? flashPartitions(host, usb, load, plan.mode, settle, phases.context)
			: flashFirmware(host, usb, load, plan, settle, phases.context, (changed) => {
					preference = changed;
				}));
		emit('flash', {
			type: 'flash-ended',
			exit: exitCode.done,
			message,
			modem: running,
		});
		return exitCode.done;
	} catch (error) {
		let problem = phases.explain(error);
		if (preference && isUnwritten(problem)) {
			const isBack = await restorePreference(host, usb, preference, emit);
			if (!isBack) problem = preferenceLeft(problem, preference);
		}
		const current = phases.running();
		if (current) phase(phases.context, current, 'failed', problem.message);
		emit('flash', {
			type: 'flash-ended',
			exit: problem.exit,
			message: problem.message,
			modem: problem.modem ?? notKnown,
			...(problem.next === undefined ? {} : { next: problem.next }),
		});
		return problem.exit;
	} finally {
		usb.stop();
		await inhibitors?.release();
	}
}

async function flashFirmware(
	host: Host,
	usb: PortWatch,
	files: readonly FirmwareFile[],
	plan: Plan,
	settle: number,
	context: FlashContext,
	changed: (preference: Preference) => void,
): Promise<string> {
	const before = await carryOut(host, usb, files, plan, context, changed);
	const expected = { wanted: wantedOf(files), before, settle };
	const { revision } = await verify(host, usb, expected, context);
	return revision === undefined ? doneUnasked(plan.to, settle) : done(plan.to, settle);
}

/** Returns what the modem said before, as far as it was asked. */
async function carryOut(
	host: Host,
	usb: PortWatch,
	files: readonly FirmwareFile[],
	plan: Plan,
	context: FlashContext,
	changed: (preference: Preference) => void,
): Promise<Settings> {
	if (plan.mode === 'verify') {
		phase(context, 'reboot', 'running', 'it was restarted before');
		return {};
	}
	if (plan.mode === 'reset') {
		const link = await openLoader(host, usb, context);
		const ending = plan.loaderProtocol === 'qdl' ? finishQdl : finish;
		await ending(link, context).finally(() => link.close());
		return {};
	}
	const { resume } = plan;
	const wanted = wantedOf(files);
	const before = resume ? {} : await enterLoader(host, usb, context, { wanted, changed });
	const { link, protocol } = resume
		? { link: await resumeSession(host, usb, plan, resume, context), protocol: plan.loaderProtocol }
		: await connectLoader(host, usb, { ...plan, waitsFor: waitsFor(plan) }, context);
	const send = protocol === 'qdl' ? downloadQdl : download;
	await send(link, files, context, resume?.accepted).finally(() => link.close());
	return before;
}

const { refusedBeforeWrite, noDevice, interrupted } = exitCode;
const isUnwritten = ({ exit }: Problem) =>
	exit === refusedBeforeWrite || exit === noDevice || exit === interrupted;

/** Sectors and closing zeros that stand behind the file's own bytes, at most. */
const behindFile = 1024 * 1024;

/** A QDL loader ends an image itself when a chunk stays away. */
const waitsFor = ({ mode, loaderProtocol, size }: Plan) =>
	mode === 'feed' && loaderProtocol !== 'qdl' ? size + behindFile : 0;

/** The firmware of the first file, and the settings of the last that has any. */
function wantedOf(files: readonly FirmwareFile[]): Versions {
	const wanted = files.map(({ versions: { carrier, config } }) =>
		carrier && config ? { carrier, config } : {},
	);
	return Object.assign({ ...files[0]?.versions }, ...wanted);
}
