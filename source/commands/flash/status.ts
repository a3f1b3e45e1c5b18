import { runningJobs } from '../../flash/job/lock.ts';
import type { Job } from '../../flash/job/record.ts';
import { interruptedFlashes } from '../../flash/job/recovery.ts';
import { resumeModeNow } from '../../flash/job/resume-plan.ts';
import { resumeModeText } from '../../flash/model/resume.ts';
import type { Host } from '../../host.ts';
import { type ExitCode, exitCode } from '../../problem.ts';
import { modeOf } from '../../usb/device/modes.ts';
import { listDevices } from '../../usb/scan/sysfs.ts';
import type { Output } from '../common/command.ts';

const seen = {
	application: 'the modem runs its application now',
	loader: 'the boot loader holds now',
	edl: 'the modem is in EDL now',
	'memory dump': 'the modem offers a memory dump now',
	unknown: 'the modem shows no interface now',
};

const filesOf = ({ file, others = [] }: Job) => [file, ...others].join(', then ');

/** The flashes that run, and those that were left unfinished, with what each left behind. */
export async function flashStatus(host: Host, { out }: Output): Promise<ExitCode> {
	const jobs = await runningJobs();
	for (const job of jobs) {
		const { model, path, pid, recording, unrecorded } = job;
		out(`${model} at ${path}: ${filesOf(job)}, process ${pid}, recorded in ${recording}`);
		if (unrecorded !== undefined) out(`  ${unrecorded} The flash goes on.`);
	}
	if (jobs.length === 0) out('No flash runs.');
	const devices = await listDevices(host.sysfs);
	for (const left of await interruptedFlashes(host)) {
		const { job, says, modem, next } = left;
		const device = devices.get(job.path);
		out(
			`${job.model} at ${job.path}: ${filesOf(job)}, left unfinished, recorded in ${job.recording}`,
		);
		out(`  ${says}`);
		out(`  ${modem}`);
		out(`  At ${job.path} ${device ? seen[modeOf(device)] : 'no modem is there now'}.`);
		out(`  Next: ${next}`);
		out(`  To go on: ${resumeModeText[resumeModeNow(left, device)]}.`);
	}
	return exitCode.done;
}
