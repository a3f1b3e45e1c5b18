import {
	deviceChanges,
	driverBinds,
	firehoseStarts,
	flashBegins,
	loopEnds,
	modemDenies,
	modemReboots,
	nodesAppear,
	preferenceMatches,
	radioIsOn,
	suspendTurnedOff,
} from '../evidence/answers.ts';
import type { Answer, Rule, RuleEntry } from '../evidence/rule.ts';
import { noPri, nothingStored, updateFailed } from './at/stored-firmware.ts';
import { bootLoop, loopEnded, loopOfNow } from './boot-loop.ts';
import { crashAction } from './crash-action.ts';
import { crashedBefore } from './crashed-before.ts';
import { diagNotLoader } from './diag-not-loader.ts';
import { edl, memoryDump } from './emergency-ids.ts';
import { flashDone } from './flash-done.ts';
import { flashFailed } from './flash-failed.ts';
import { noStorageMode, sparseInterfaces } from './harmless.ts';
import { crashDump, missedHello } from './hello-mode-2.ts';
import { loaderHeld } from './loader-held.ts';
import { comesAndGoes, loaderGoes, regularResets } from './logs/comes-and-goes.ts';
import {
	appleDouble,
	deviceError,
	fdtFailed,
	fwdwlFailed,
	loaderSilent,
	noBootHold,
	qfirehoseFailed,
	speaksNoQdl,
	ttyNeverCame,
	unsupportedProtocol,
	writeStalls,
} from './logs/download-tools.ts';
import { badSupply, enumerationFails } from './logs/enumeration.ts';
import { noDriverLine, noNetwork } from './logs/log-device.ts';
import { bootFails, modemFailed, radioLocked } from './logs/other-words.ts';
import { lowPower } from './low-power.ts';
import { noDriver } from './no-driver.ts';
import { noModemPort } from './no-modem-port.ts';
import { onlineWait } from './online-wait.ts';
import { atUnbound, autosuspend, mbimOnly, missingNode, unboundAt } from './ports.ts';
import { qmiHangup } from './qmi-hangup.ts';
import { refusedFirehose } from './refused-firehose.ts';
import { zeros } from './zeros.ts';

/** A flash that begins is an answer to whatever was found before. */
const entry =
	(weight: RuleEntry['weight']) =>
	(begin: () => Rule, ...answers: readonly Answer[]): RuleEntry => ({
		begin,
		weight,
		answeredBy: [flashBegins, ...answers],
	});
const blocks = entry('blocks');
const state = entry('state');
const setting = entry('setting');
const remark = entry('remark');

/** Every rule by its name, with its weight and with what makes what it found one of the past. */
export const rules: Readonly<Record<string, RuleEntry>> = {
	'missed-hello': state(missedHello, modemReboots, firehoseStarts),
	'crash-dump': blocks(crashDump, modemReboots, firehoseStarts),
	'diag-not-loader': state(diagNotLoader, modemReboots),
	'refused-firehose': state(refusedFirehose, modemReboots, firehoseStarts),
	edl: blocks(edl, modemReboots),
	'memory-dump': blocks(memoryDump, modemReboots),
	'boot-loop': { ...state(bootLoop, loopEnds), revise: loopOfNow },
	'loop-ended': remark(loopEnded, modemReboots),
	'loader-held': state(loaderHeld, modemReboots, firehoseStarts),
	'no-driver': blocks(noDriver, modemReboots, driverBinds),
	'missing-node': blocks(missingNode, modemReboots, nodesAppear),
	'mbim-only': setting(mbimOnly, modemReboots),
	'at-unbound': blocks(
		atUnbound,
		modemReboots,
		deviceChanges((device) => !unboundAt(device)),
	),
	autosuspend: remark(autosuspend, modemReboots, suspendTurnedOff),
	'sparse-interfaces': remark(sparseInterfaces),
	'no-storage-mode': remark(noStorageMode),
	'qmi-hangup': state(qmiHangup),
	'online-wait': state(onlineWait, modemReboots),
	zeros: state(zeros, modemReboots),
	'flash-failed': state(flashFailed),
	'flash-done': remark(flashDone),
	'low-power': setting(lowPower, modemDenies('lowPowerBy'), preferenceMatches, radioIsOn),
	'crash-action': setting(crashAction, modemDenies('crashAction')),
	'crashed-before': remark(crashedBefore, modemDenies('crash')),
	'enumeration-fails': blocks(enumerationFails, modemReboots),
	'bad-supply': blocks(badSupply),
	'loader-goes': state(loaderGoes),
	'comes-and-goes': state(comesAndGoes),
	'regular-resets': state(regularResets),
	'no-driver-line': blocks(noDriverLine, modemReboots),
	'no-network': setting(noNetwork, modemReboots),
	'apple-double': blocks(appleDouble),
	'device-error': state(deviceError),
	'fwdwl-failed': state(fwdwlFailed),
	'fdt-failed': state(fdtFailed),
	'no-boot-hold': state(noBootHold),
	'unsupported-protocol': state(unsupportedProtocol),
	'write-stalls': state(writeStalls),
	'speaks-no-qdl': state(speaksNoQdl),
	'loader-silent': state(loaderSilent),
	'tty-never-came': state(ttyNeverCame),
	'qfirehose-failed': state(qfirehoseFailed),
	'radio-locked': setting(radioLocked, radioIsOn),
	'modem-failed': setting(modemFailed),
	'boot-fails': state(bootFails),
	'nothing-stored': setting(nothingStored, modemDenies('storedImages')),
	'no-pri': setting(noPri),
	'update-failed': setting(updateFailed, modemDenies('updateStatus')),
	'no-modem-port': setting(noModemPort, modemDenies('interfaceBitmask'), modemReboots),
};
