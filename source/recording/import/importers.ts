import type { Importer } from './importer.ts';
import { kernelLog } from './kernel-log.ts';
import { litefw } from './litefw.ts';
import { lsusb } from './lsusb.ts';
import { qmiFirmwareUpdate } from './qmi-firmware-update.ts';

/** Every text that can be made a recording. The first that recognises it reads it. */
export const importers: readonly Importer[] = [qmiFirmwareUpdate, litefw, lsusb, kernelLog];
