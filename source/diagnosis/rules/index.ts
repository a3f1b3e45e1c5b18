import type { Rule } from '../rule.ts';
import { bootLoop } from './boot-loop.ts';
import { crashAction } from './crash-action.ts';
import { crashedBefore } from './crashed-before.ts';
import { diagNotLoader } from './diag-not-loader.ts';
import { edl, memoryDump } from './emergency-ids.ts';
import { flashDone } from './flash-done.ts';
import { flashFailed } from './flash-failed.ts';
import { noStorageMode, sparseInterfaces } from './harmless.ts';
import { crashDump, missedHello } from './hello-mode-2.ts';
import { loaderHeld } from './loader-held.ts';
import { lowPower } from './low-power.ts';
import { noDriver } from './no-driver.ts';
import { noModemPort } from './no-modem-port.ts';
import { onlineWait } from './online-wait.ts';
import { atUnbound, autosuspend, mbimOnly, missingNode } from './ports.ts';
import { qmiHangup } from './qmi-hangup.ts';
import { refusedFirehose } from './refused-firehose.ts';
import { zeros } from './zeros.ts';

/** Every rule by its name. Each is a factory: what it returns remembers. */
export const rules: Readonly<Record<string, () => Rule>> = {
	'missed-hello': missedHello,
	'crash-dump': crashDump,
	'diag-not-loader': diagNotLoader,
	'refused-firehose': refusedFirehose,
	edl,
	'memory-dump': memoryDump,
	'boot-loop': bootLoop,
	'loader-held': loaderHeld,
	'no-driver': noDriver,
	'missing-node': missingNode,
	'mbim-only': mbimOnly,
	'at-unbound': atUnbound,
	autosuspend,
	'sparse-interfaces': sparseInterfaces,
	'no-storage-mode': noStorageMode,
	'qmi-hangup': qmiHangup,
	'online-wait': onlineWait,
	zeros,
	'flash-failed': flashFailed,
	'flash-done': flashDone,
	'low-power': lowPower,
	'crash-action': crashAction,
	'crashed-before': crashedBefore,
	'no-modem-port': noModemPort,
};
