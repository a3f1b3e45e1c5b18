import type { UsbDevice } from '../../events.ts';
import type { Check } from '../../firmware/checks.ts';
import { digestOf } from '../../firmware/cwe/seal.ts';
import type { FirmwareFile } from '../../firmware/firmware-file.ts';
import { type MatchName, matchModem } from '../../firmware/match.ts';
import type { CheckedFile } from '../../firmware/open-files.ts';
import type { Host } from '../../host.ts';
import { familiesOf } from '../../modems/naming.ts';
import type { Product } from '../../modems/product.ts';
import { productOf, productOfFirmware } from '../../modems/products.ts';
import { wayIn } from '../../modems/ways-in.ts';
import { exitCode } from '../../problem.ts';
import { qmiPort } from '../../qmi/port.ts';
import { isSimulated } from '../../simulator/device/devices.ts';
import { calledOf } from '../../usb/device/model.ts';
import { atNode, loaderInterface, loaderNode, modeOf } from '../../usb/device/modes.ts';
import { interruptedFlashes } from '../job/recovery.ts';
import type { PlanChoices } from '../job/request.ts';
import { windowWait } from '../loader/enter.ts';
import { noFile } from '../model/outcomes/job.ts';
import { type CheckName, override, type Plan, type PlanCheck } from '../model/plan.ts';
import { loaderProtocolOf } from '../model/protocol.ts';
import { type ResumeMode, resumeModeText } from '../model/resume.ts';
import { machineChecks } from './machine-checks.ts';
import { inOrder, remainingCheck, setChecks } from './plan-set.ts';
import { protocolCheck } from './protocol-check.ts';
import { flashPartCheck } from './storage-checks.ts';
import { pickTransport } from './transport-check.ts';

export type PlanFrom = PlanChoices & {
	readonly host: Host;
	/** With the checks of each; they are sent in the order that libqmi has, the largest first. */
	readonly files: readonly CheckedFile[];
	/** The modem as it is plugged in now, or was last. */
	readonly device: UsbDevice;
	/** False while it is not there: a boot loop is caught in its next window. */
	readonly present?: boolean;
	/** Its answer to AT!BSINFO?, if it was asked. */
	readonly bootInfo?: readonly string[] | undefined;
	/** Its model, where it was told elsewhere than by the device as it is now. */
	readonly model?: string | undefined;
};

/** Checks everything that can be checked before a byte is written. */
export async function makePlan(given: PlanFrom): Promise<Plan> {
	const {
		host,
		files,
		device,
		from,
		mode = 'flash',
		resume,
		protocol = 'auto',
		transport,
		present = true,
	} = given;
	const called = calledOf(device, given.model);
	const { model } = called;
	const product = productOf(called.families ? undefined : model, called.families);
	const [main, ...others] = inOrder(files.map(({ file }) => file));
	if (!main) throw noFile();
	const loaderProtocol = loaderProtocolOf(product ? [product] : (called.families ?? []), main);
	const one = others.length === 0;
	const size = files.reduce((sum, { file }) => sum + file.size, 0);
	const isRehearsed = host.rehearsal !== undefined || isSimulated(device);
	const over = await pickTransport(host, device, transport);
	const made: PlanCheck[] = [
		...(await resumeChecks(given, [main, ...others])),
		...files.map(({ file, checks }) => fileCheck(checks, one ? 'the file' : file.name)),
		...(files.some(({ file }) => file.rehearsal) && !isRehearsed ? [rehearsalFile] : []),
		...matchModem(main, { ...called, version: from }).map(matchCheck),
		...setChecks([main, ...others], called),
		...(mode === 'verify' ? [] : loaderChecks(device, present, product)),
		...flashPartCheck(given.bootInfo ?? []),
		...protocolCheck(protocol, loaderProtocol, model),
		speedCheck(device, product),
		...over.checks,
		...(await machineChecks(host, present ? device : { ...device, interfaces: [] }, size)),
	];
	const digest = digestOf([main, ...others]);
	return {
		file: main.path,
		others: others.map(({ path }) => path),
		...(digest === undefined ? {} : { digest }),
		size,
		path: device.path,
		model,
		...(called.families ? { families: familyNames(called.families, main) } : {}),
		from,
		to: main.versions.firmware?.value ?? 'an unnamed version',
		mode,
		resume,
		protocol,
		loaderProtocol,
		transport: over.transport,
		checks: override(made, given.overrides ?? []),
	};
}

const familyNames = (byId: readonly Product[], { versions }: FirmwareFile): string[] =>
	familiesOf(byId, productOfFirmware(versions.device?.value ?? '')).map(({ name }) => name);

async function resumeChecks(
	{ host, device, mode = 'flash', resume }: PlanFrom,
	files: readonly FirmwareFile[],
): Promise<PlanCheck[]> {
	if (mode === 'flash') return interruptedCheck(host, device.path);
	if (mode === 'rest') return [remainingCheck(files, resume)];
	return [resumeModeCheck(mode)];
}

export const resumeModeCheck = (way: ResumeMode): PlanCheck => ({
	name: 'way',
	state: 'ok',
	says: resumeModeText[way],
});

export async function interruptedCheck(host: Host, path: string): Promise<PlanCheck[]> {
	const left = (await interruptedFlashes(host)).find(({ job }) => job.path === path);
	if (!left) return [];
	const says = `an earlier flash was left unfinished: ${left.says} This one starts from the beginning`;
	const next = left.mode === 'flash' ? '' : '; to go on instead: modemscope flash --continue';
	return [{ name: 'earlier', state: 'warn', says: says + next }];
}

const rehearsalFile: PlanCheck = {
	name: 'file',
	state: 'refuse',
	says: 'this file was made for the simulated modem: it holds no firmware',
};

function fileCheck(checks: readonly Check[], name: string): PlanCheck {
	const check = (state: PlanCheck['state'], says: string): PlanCheck => ({
		name: 'file',
		state,
		says,
	});
	const failed = checks.find(({ state }) => state === 'failed');
	if (failed) return check('refuse', `${name} is damaged: ${failed.says}`);
	const crcs = checks.filter(
		({ name, state }) => name === 'image CRC' && state === 'checked',
	).length;
	const open = checks.filter(({ state }) => state === 'not checkable').length;
	return open > 0
		? check('warn', `${crcs} image CRCs of ${name} are right; ${open} things could not be checked`)
		: check('ok', `the CRC of each of the ${crcs} images in ${name} is right`);
}

const matchNames: Readonly<Record<MatchName, CheckName>> = {
	product: 'product',
	version: 'version',
	'step path': 'step-path',
	carrier: 'carrier',
};

/** A person may override a match: our table of products is not the maker's. */
const matchCheck = ({ name, state, says }: ReturnType<typeof matchModem>[number]): PlanCheck => ({
	name: matchNames[name],
	state,
	says,
	...(state === 'refuse' ? { mayOverride: true } : {}),
});

/** How the modem comes to its boot loader, and what is kept to undo it. */
function loaderChecks(
	device: UsbDevice,
	present: boolean,
	product: Product | undefined,
): PlanCheck[] {
	const { path } = device;
	const loader = (state: PlanCheck['state'], says: string): PlanCheck[] => [
		{ name: 'loader', state, says, exit: exitCode.noDevice },
	];
	if (!present) {
		return loader(
			'ok',
			`no modem is at ${path} at this moment: AT!BOOTHOLD is sent when its AT port comes, within ${windowWait} s`,
		);
	}
	if (modeOf(device) === 'edl') {
		return [
			{
				name: 'loader',
				state: 'refuse',
				exit: exitCode.refusedBeforeWrite,
				says: `the chip’s emergency loader is at ${path}, and needs a programmer that the modem’s maker has signed; none is public for Sierra modems: ask the maker; one that you have is sent with --programmer`,
			},
		];
	}
	if (loaderNode(device)) return loader('ok', `the boot loader holds at ${path}`);
	if (loaderInterface(device)) {
		return loader(
			'warn',
			`the boot loader at ${path} has no tty: its USB endpoints are used directly`,
		);
	}
	if (modeOf(device) !== 'application') {
		return loader('refuse', `the boot loader at ${path} has no tty`);
	}
	const qmi = qmiPort(device);
	if (!atNode(device) && !qmi) {
		return loader(
			'refuse',
			`the modem runs its application, and which of its ports speaks AT is not known: ${wayIn(product)}`,
		);
	}
	return [
		...loader('ok', `the modem runs its application: ${takesIt(device, qmi?.over)}`),
		{
			name: 'undo',
			state: 'ok',
			says: `its AT!IMPREF? and version are saved in the recording first; to undo: flash the file of that version${product?.backup ? `; ${product.backup} keeps its settings before that, in place of the backup that it has` : ''}`,
		},
	];
}

/** What takes a running application to its boot loader. */
function takesIt(device: UsbDevice, over: 'QMI' | 'MBIM' | undefined): string {
	if (over === undefined) return 'AT!BOOTHOLD brings it to its boot loader';
	const preference = `its firmware preference is set over ${over}, and it restarts into its boot loader`;
	return atNode(device) ? `${preference}; else AT!BOOTHOLD` : preference;
}

export function speedCheck({ speed }: UsbDevice, product: Product | undefined): PlanCheck {
	const check = (state: PlanCheck['state'], says: string): PlanCheck => ({
		name: 'speed',
		state,
		says,
	});
	if (speed === undefined) return check('warn', 'the USB speed is not known');
	const name = speed >= 5000 ? 'USB 3' : speed >= 480 ? 'USB 2' : 'USB 1';
	const says = `the USB link runs at ${speed} Mbit/s (${name})`;
	if (speed < 480) return check('warn', `${says}: slow, and a sign of a bad cable or hub`);
	// Field reports: updates that hang (Sierra forum 23268), modems that come back at the USB 2 peer (libqmi issue 52).
	if (speed >= 5000 && product?.hangsOnUsb3) {
		return check(
			'warn',
			`${says}: updates of ${product.name} were seen to hang on it (${product.hangsOnUsb3}); a USB 2 port is safer`,
		);
	}
	return check('ok', says);
}
