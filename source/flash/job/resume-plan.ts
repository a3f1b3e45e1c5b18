/** How an unfinished flash is resumed. */
import type { UsbDevice } from '../../events.ts';
import { couldBe } from '../../usb/device/model.ts';
import { modeOf } from '../../usb/device/modes.ts';
import type { ResumeMode } from '../model/resume.ts';
import type { Job } from './record.ts';
import type { InterruptedFlash } from './recovery.ts';
import type { PlanChoices } from './request.ts';

export type ResumePlan = Partial<Pick<Job, 'model'>> &
	Pick<Job, 'programmer'> &
	Pick<PlanChoices, 'mode' | 'resume' | 'protocol' | 'transport'> & {
		readonly paths: readonly string[];
	};

/** As it was begun, in the mode that fits what the modem does now. */
export function resumePlan(left: InterruptedFlash, device: UsbDevice | undefined): ResumePlan {
	const { file, others = [], programmer, protocol, transport } = left.job;
	const mode = resumeModeNow(left, device);
	const resume = mode === 'rest' ? left.resume : undefined;
	// A loader that does not say its model is still the one that the flash was begun on.
	const model = device && couldBe(device, left.job.model) ? { model: left.job.model } : {};
	return { paths: [file, ...others], mode, resume, programmer, protocol, transport, ...model };
}

/**
 * The mode that fits what the modem does now: one that starts again by itself needs no reset, and a
 * loader that came anew knows nothing of the session before.
 */
export function resumeModeNow(
	{ mode, resume }: Pick<InterruptedFlash, 'mode' | 'resume'>,
	device: UsbDevice | undefined,
): ResumeMode {
	if (mode === 'rest' || mode === 'feed')
		return device && device.number === resume?.loader ? mode : 'flash';
	if (mode === 'flash' || device === undefined) return mode;
	const runs = modeOf(device) === 'application';
	if (runs) return 'verify';
	// It was reset and came back to its loader: what was written does not start.
	return mode === 'verify' ? 'flash' : mode;
}
