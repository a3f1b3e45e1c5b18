import type { Check } from './checks.ts';
import { type FirmwareFile, openFirmware } from './firmware-file.ts';

export type CheckedFile = { readonly file: FirmwareFile; readonly checks: readonly Check[] };

export type OpenFiles = {
	/** In the order in which they were named. */
	readonly files: readonly FirmwareFile[];
	/** Reads and checks all of them, once; they read nothing but what was checked from then on. */
	checked(): Promise<CheckedFile[]>;
	close(): Promise<void>;
};

/** Opens every file. Throws a Problem when one cannot be opened, and then keeps none open. */
export async function openFirmwareFiles(paths: readonly string[]): Promise<OpenFiles> {
	const files: FirmwareFile[] = [];
	const close = async () => {
		for (const file of files) await file.close();
	};
	try {
		for (const path of paths) files.push(await openFirmware(path));
	} catch (error) {
		await close();
		throw error;
	}
	let checking: Promise<CheckedFile[]> | undefined;
	const check = async (file: FirmwareFile) => ({ file, checks: await file.verify({ seal: true }) });
	return { files, checked: () => (checking ??= Promise.all(files.map(check))), close };
}

/** Files that are open, and checked, for as long as `use` takes. */
export async function withCheckedFiles(
	paths: readonly string[],
	use: (files: readonly CheckedFile[]) => Promise<void>,
): Promise<void> {
	const { checked, close } = await openFirmwareFiles(paths);
	try {
		await use(await checked());
	} finally {
		await close();
	}
}
