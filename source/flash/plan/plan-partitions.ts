/** The plan of a flash by a maker's programmer: what goes where, and whether it may. */

import { type UsbDevice, versionless } from '../../events.ts';
import { digestOf } from '../../firmware/cwe/seal.ts';
import type { FileCheck } from '../../firmware/package/md5.ts';
import type { FirmwarePackage } from '../../firmware/package/quectel.ts';
import { type Step, unfit } from '../../firmware/partitions/partition-set.ts';
import type { PlainFile } from '../../firmware/partitions/plain-file.ts';
import { isRehearsalProgrammer } from '../../firmware/rehearsal/partitions.ts';
import { wayIn } from '../../modems/ways-in.ts';
import { exitCode } from '../../problem.ts';
import { grouped } from '../../protocol/text/numbers.ts';
import { isSimulated } from '../../simulator/device/devices.ts';
import { calledOf, productOfDevice } from '../../usb/device/model.ts';
import { modeOf } from '../../usb/device/modes.ts';
import { override, type Plan, type PlanCheck } from '../model/plan.ts';
import type { Partitions } from '../run/partitions.ts';
import { machineChecks } from './machine-checks.ts';
import { interruptedCheck, type PlanFrom, resumeModeCheck, speedCheck } from './make-plan.ts';
import { protocolCheck } from './protocol-check.ts';
import { calibrationCheck } from './storage-checks.ts';
import { pickTransport } from './transport-check.ts';

export type PartitionPlanFrom = Partitions & Omit<PlanFrom, 'files'>;

/** Checks everything that can be checked before a byte is sent. */
export async function planPartitions({
	host,
	device,
	model: known,
	programmer,
	set,
	firmwarePackage,
	mode = 'flash',
	protocol = 'auto',
	transport,
	overrides = [],
}: PartitionPlanFrom): Promise<Plan> {
	const called = calledOf(device, known);
	const { model } = called;
	const isRehearsed = host.rehearsal !== undefined || isSimulated(device);
	const over = await pickTransport(host, device, transport);
	const checks: PlanCheck[] = [
		...(mode === 'flash' ? await interruptedCheck(host, device.path) : [resumeModeCheck(mode)]),
		...(firmwarePackage ? packageChecks(firmwarePackage) : []),
		await programmerCheck(programmer, isRehearsed),
		...(await Promise.all(set.steps.map(stepCheck))),
		{
			name: 'file',
			state: 'ok',
			says: `the programmer is told that the storage is ${set.storage}`,
		},
		...calibrationCheck(set.steps),
		...(mode === 'verify' ? [] : [loaderCheck(device)]),
		...protocolCheck(protocol, 'sahara', model),
		speedCheck(device, undefined),
		...over.checks,
		...(await machineChecks(host, device, set.size)),
	];
	const [file = '', ...others] = firmwarePackage ? [firmwarePackage.path] : set.paths;
	const digest = digestOf([programmer, set, ...set.steps.flatMap(({ image }) => image ?? [])]);
	return {
		file,
		others,
		programmer: programmer.path,
		...(digest === undefined ? {} : { digest }),
		size: set.size,
		path: device.path,
		model,
		...(called.families ? { families: called.families.map(({ name }) => name) } : {}),
		from: undefined,
		to: versionless,
		mode,
		resume: undefined,
		protocol,
		loaderProtocol: 'sahara',
		transport: over.transport,
		checks: override(checks, overrides),
	};
}

/** Whether the files are those that the maker packed. */
function packageChecks({ name, checks, notes }: FirmwarePackage): PlanCheck[] {
	const check = (state: PlanCheck['state'], says: string): PlanCheck => ({
		name: 'file',
		state,
		says: says.replace(/\.$/, ''),
	});
	const of = (state: FileCheck['state']) => checks.filter((each) => each.state === state);
	const failed = of('failed').map(({ file, says }) =>
		check('refuse', `${file} is damaged: ${says}`),
	);
	const open = of('not checkable').map(({ file }) => file);
	return [
		...failed,
		...(open.length > 0
			? [check('warn', `md5.txt of ${name} does not name ${open.join(', ')}: not checked`)]
			: []),
		...(failed.length === 0 && of('checked').length > 0
			? [check('ok', `each of the ${of('checked').length} files that md5.txt names has its MD5`)]
			: []),
		...notes.map((note) => check('ok', note)),
	];
}

/** Whether it is signed for this chip, only the chip can tell. */
async function programmerCheck(file: PlainFile, isRehearsed: boolean): Promise<PlanCheck> {
	const check = (state: PlanCheck['state'], says: string): PlanCheck => ({
		name: 'programmer',
		state,
		says,
	});
	const head = await file.readBytes(0, 400);
	if (isRehearsalProgrammer(head) && !isRehearsed) {
		return check('refuse', `${file.name} was made for the simulated modem: it programs nothing`);
	}
	// ELF, or the code word of an SBL header (coreboot util/qualcomm/mbn_tools.py).
	const known = ['7f454c46', 'd1dc4b84'].includes(head.toString('hex', 0, 4));
	return known
		? check('ok', `${file.name}, ${grouped(file.size)} bytes: the chip checks who signed it`)
		: check('warn', `${file.name} begins like no programmer: the chip may refuse it`);
}

async function stepCheck(step: Step): Promise<PlanCheck> {
	const { verb, label, image, attributes, room, sector } = step;
	const why = await unfit(step);
	if (why !== undefined) return { name: 'file', state: 'refuse', says: why };
	const at = `at sector ${attributes.start_sector} of ${attributes.physical_partition_number}`;
	if (!image) return { name: 'file', state: 'ok', says: `${verb} ${label} ${at}` };
	const needs = Math.ceil(image.size / sector);
	return room > 0
		? {
				name: 'file',
				state: 'ok',
				says: `${image.name} to ${label} ${at}: ${needs} of ${room} sectors`,
			}
		: {
				name: 'file',
				state: 'warn',
				says: `${image.name} to ${label} ${at}: ${needs} sectors, and the XML does not say how many there are`,
			};
}

/** A pin that leads there is a maker's; AT+QDOWNLOAD is not: it is for chips of others than Qualcomm. */
function intoEmergency(device: UsbDevice): string {
	const product = productOfDevice(device);
	return product?.packages ? wayIn(product) : 'bring the modem there first';
}

function loaderCheck(device: UsbDevice): PlanCheck {
	const mode = modeOf(device);
	const check = (state: PlanCheck['state'], says: string): PlanCheck => ({
		name: 'loader',
		state,
		says,
		exit: mode === 'loader' ? exitCode.fileRejected : exitCode.noDevice,
	});
	if (mode === 'edl') return check('ok', `the chip’s emergency loader is at ${device.path}`);
	return check(
		'refuse',
		mode === 'loader'
			? `the boot loader at ${device.path} is the maker’s own, which takes no partitions: a rawprogram and its programmer are for the chip’s emergency loader (05c6:9008)`
			: `${device.path} is no emergency loader (05c6:9008): ${intoEmergency(device)}`,
	);
}
