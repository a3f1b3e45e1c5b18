/** What a virtual modem is like, and the one that all others differ from. */
import { type Model, models } from '../../modems/simulated.ts';
import type { AtBehaviour } from '../at/behaviour.ts';
import type { Composition } from '../device/devices.ts';
import type { EdlTraits } from '../loader/edl-loader.ts';
import type { LoaderKind } from '../loader/loader.ts';
import type { FirehoseTraits } from '../loader/loader-world.ts';
import type { QdlTraits } from '../loader/qdl-loader.ts';
import type { ImageResult } from '../loader/received-image.ts';

/** Seconds, from and to; the same twice is exact. */
export type Span = readonly [from: number, to: number];

/** What a virtual modem is like; a fault is one of these properties with another value. */
export type Scenario = {
	readonly name: string;
	/** What the modem does, in one line. */
	readonly says: string;
	readonly model: Model;
	/** How it is found. */
	readonly foundIn: 'application' | 'loader';
	/** What the application does by itself: it stays, or dies soon after it came. */
	readonly application: 'stays' | 'crashes';
	/** How long a broken application lives, and how long after it the next one comes. */
	readonly present: Span;
	readonly absent: Span;
	/** TP1 is low at every power-up until an image is accepted: then the person lets go of it. */
	readonly strapLow: boolean;
	/** What answers while it holds. */
	readonly loader: LoaderKind;
	readonly qdl: QdlTraits;
	readonly edl: EdlTraits;
	/** The loader said its HELLO to an earlier opener of the port: it will not say it again. */
	readonly helloConsumed: boolean;
	/** Junk came to the loader before us: its HELLO says memory debug, and it refuses Firehose. */
	readonly spoiled: boolean;
	readonly answersBootHold: boolean;
	readonly refusesFirehose: boolean;
	/** A HELLO that is answered sooner after the opening of the port spoils the loader, seconds. */
	readonly helloNotBefore: number;
	/** Says this of every image when it is whole, however good it is. */
	readonly refusesImages: ImageResult | undefined;
	/** The loader's silence between the last sector and its verdict, seconds. */
	readonly commitSeconds: number;
	/** After its verdict the loader hears nothing for so many seconds. */
	readonly restSeconds: number;
	/** What the flash memory takes. */
	readonly bytesPerSecond: number;
	readonly firehose: FirehoseTraits;
	/** So many early resets in a row make the loader hold: Smart Error Detection. */
	readonly holdsAfterResets: number | undefined;
	/** Which ports its application has: all of them, QMI or MBIM and nothing else, or none that can be asked. */
	readonly composition: Composition;
	/** The type of AT!USBCOMP that it is found in; its generic one where there is none. */
	readonly usbComp: number | undefined;
	/** Mbit/s; its loader has 480 and so comes at the connector's other port. */
	readonly applicationSpeed: 480 | 5000;
	/** After firmware was accepted its application resets so often, soon after it came. */
	readonly resetsAfterUpdate: number;
	/** It goes on preferring the firmware that it had, and is in low power for that. */
	readonly keepsPreference: boolean;
	/** Somebody answers on its QMI or MBIM port, and knows of a firmware preference (from the 9x15 on). */
	readonly answersQmi: boolean;
	readonly knowsPreference: boolean;
	/** AT!BOOTHOLD is answered with OK and the application starts again, as with a grounded DPR. */
	readonly ignoresBootHold: boolean;
	/** A loader that was entered by preference starts the application when nobody asks for so long, seconds. */
	readonly waitsForDownload: number;
	/** The loader shows itself for so long before each application (AT!CUSTOM FASTENUMEN off); seconds. */
	readonly showsLoader: number | undefined;
	/** What the loader says that it is, where that is not the application's product string. */
	readonly loaderProduct: string | undefined;
	/** What its AT port is like. */
	readonly atBehaviour: AtBehaviour;
};

/** The modem that all others differ from. */
export const sound = {
	model: models.RC7620,
	foundIn: 'application',
	application: 'stays',
	// The field case of the RC7620.
	present: [2, 3],
	absent: [10, 15],
	strapLow: false,
	loader: 'sahara',
	qdl: { versions: [6], answersSdp: 'ACK', headWithData: true, wantsShortEnd: true },
	edl: { wide: false, pending: false, refuses: undefined, comesAgain: false, storage: 'emmc' },
	helloConsumed: false,
	spoiled: false,
	answersBootHold: true,
	refusesFirehose: false,
	// libqmi qfu-sahara-device.c waits as long, and says that it does not work without.
	helloNotBefore: 2,
	refusesImages: undefined,
	commitSeconds: 40,
	restSeconds: 0,
	bytesPerSecond: 640_000,
	firehose: {
		refusedPrograms: 0,
		unheardResets: 0,
		logsStorageWith: 'getstorageinfo',
		pages: 'pages_in_block=64',
	},
	holdsAfterResets: undefined,
	composition: 'all',
	usbComp: undefined,
	applicationSpeed: 480,
	resetsAfterUpdate: 0,
	keepsPreference: false,
	answersQmi: true,
	knowsPreference: true,
	ignoresBootHold: false,
	showsLoader: undefined,
	// A 9x30 (forum.sierrawireless.com 17723; libqmi-devel 2019-October/003131).
	waitsForDownload: 5,
	loaderProduct: undefined,
	atBehaviour: {},
} as const;
