/** What a row of the table of modems says; one row a product family. */
import type { Layout } from './layouts.ts';

/** Which life a USB device leads. */
export type Mode = 'application' | 'loader' | 'edl' | 'memory dump' | 'unknown';

/** What a boot loader takes firmware over: Sahara and then Firehose, or QDL (libqmi). */
export type LoaderProtocol = 'sahara' | 'qdl';

/**
 * USB ids of one kind of composition. A vendor counts for all ids behind it: `1199:9071 9079`. The
 * same id in two places tells neither.
 */
export type UsbIds = {
	/** What it is sold as, where that is not the row's name. */
	readonly name?: string;
	readonly application?: string;
	/** The boot loader's, which is the crash dump's too (Sierra). */
	readonly loader?: string;
	/** Ids that say by themselves what waits behind them. */
	readonly edl?: string;
	readonly memoryDump?: string;
	/** Ids that tell the maker and nothing more. */
	readonly other?: string;
	/** So many interfaces tell this composition from another one with the same id. */
	readonly interfaces?: number;
	/** The type of AT!USBCOMP that it is shown with; absent for the generic one. */
	readonly usbComp?: number;
	/** Which interface of the application is what. */
	readonly layout?: Layout;
	readonly source: string;
};

/** What its firmware files and version strings name. */
export type FirmwareNames = {
	/** In full, as a version string has it: `SWI9X07H`. */
	readonly device: string;
	/** What of it is enough: the letter behind the chip tells product lines apart. */
	readonly devices: RegExp;
	/** What a header names as the product: `9X07`, and how it is recognised. */
	readonly header: string;
	readonly headers: RegExp;
};

export type WaysIn = {
	/** What its application takes it there by. */
	readonly commands: readonly ('AT!BOOTHOLD' | 'QMI')[];
	/** What a person holds while the power comes, and then lets go of. */
	readonly pin?: { readonly name: string; readonly held: string };
	/** What has to be so, or it comes to no loader. */
	readonly needs?: string;
};

/** What the simulator needs to play one model of the family, before anybody flashed it. */
export type Simulated = {
	readonly name: string;
	/** What its loader calls itself, where that is not the model. */
	readonly loaderName?: string;
	/** Part number, as its PRI names it. */
	readonly part: string;
	readonly released: {
		readonly firmware: string;
		readonly revision: string;
		readonly carrier: string;
		readonly config: string;
	};
	/** The firmware that it is given to practise on. */
	readonly update: {
		readonly firmware: string;
		readonly build: string;
		/** Month, day and year, as a header has them. */
		readonly date: string;
		readonly carrier: string;
		readonly config: string;
	};
};

export type Product = {
	/** What the family is sold as, for a person. */
	readonly name: string;
	/** The names of its models; absent where they are not told apart. */
	readonly models?: RegExp;
	readonly usb: readonly UsbIds[];
	readonly chip?: string;
	readonly firmware?: FirmwareNames;
	readonly loader?: LoaderProtocol;
	/** AT!USBCOMP's types by number, and the one whose ports Linux knows. */
	readonly usbComp?: { readonly generic: number; readonly types: Readonly<Record<number, string>> };
	/** Ways into its loader; absent where none is known. */
	readonly waysIn?: WaysIn;
	/** The command that backs its settings up, where its number is known. */
	readonly backup?: string;
	/** Its maker's packages are written to the chip in EDL, by the programmer in them. */
	readonly packages?: true;
	/** Why a download over USB 3 may hang. */
	readonly hangsOnUsb3?: string;
	readonly simulated?: readonly Simulated[];
};
