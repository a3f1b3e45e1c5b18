import type { Importer } from './importer.ts';
import { atTranscript } from './tools/at-transcript.ts';
import { edl } from './tools/edl.ts';
import { fwdwl } from './tools/fwdwl.ts';
import { hexDumps } from './tools/hex-dumps.ts';
import { bootUart, fhLoader, mmcli, qdl } from './tools/other-tools.ts';
import { qfirehose } from './tools/qfirehose.ts';
import { qmiFirmwareUpdate } from './tools/qmi-firmware-update.ts';
import { kernelLog } from './usb/kernel-log.ts';
import { lsusb } from './usb/lsusb.ts';
import { lsusbTree } from './usb/lsusb-tree.ts';
import { lsusbVerbose } from './usb/lsusb-verbose.ts';
import { usbDevices } from './usb/usb-devices.ts';

/**
 * Every text that can be made a recording. A line is the first one's that takes it, so those stand
 * first whose lines cannot be another's; an answer to AT may be anything.
 */
export const importers: readonly Importer[] = [
	qmiFirmwareUpdate,
	kernelLog,
	lsusbVerbose,
	lsusb,
	lsusbTree,
	usbDevices,
	hexDumps,
	qfirehose,
	edl,
	fwdwl,
	fhLoader,
	qdl,
	bootUart,
	mmcli,
	atTranscript,
];

/** What is read, for a sentence and for the help. */
export const knownTexts: readonly string[] = [
	...importers.map(({ reads }) => reads),
	'captures of USB (pcap, pcapng)',
];
