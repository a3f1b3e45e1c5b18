import { openFirmware } from '../../firmware/firmware-file.ts';
import { isPackage } from '../../firmware/package/is-package.ts';
import { type FirmwarePackage, openPackage } from '../../firmware/package/quectel.ts';
import { listFirmware } from '../files.ts';
import type { FirmwareFiles, ListedFile, OpenFirmware } from '../session.ts';

/** The firmware file that lies open, and its checks, which run while a person already reads it. */
export class FirmwareController implements FirmwareFiles {
	readonly #rehearsal: string | undefined;
	readonly #changed: () => void;
	readonly #replaced: () => void;
	#open: OpenFirmware | undefined;
	#package: FirmwarePackage | undefined;
	#stop = new AbortController();
	#verified: Promise<void> = Promise.resolve();

	/** `replaced` is called when another file lies open than before. */
	constructor(rehearsal: string | undefined, changed: () => void, replaced: () => void = () => {}) {
		this.#rehearsal = rehearsal;
		this.#changed = changed;
		this.#replaced = replaced;
	}

	list(): Promise<ListedFile[]> {
		return listFirmware(this.#rehearsal);
	}

	get opened(): OpenFirmware | undefined {
		return this.#open;
	}

	get openedPackage(): FirmwarePackage | undefined {
		return this.#package;
	}

	/** Resolves when every check of the open file is made. */
	get verified(): Promise<void> {
		return this.#verified;
	}

	async open(path: string): Promise<void> {
		if (await isPackage(path)) return this.#openPackage(path);
		const file = await openFirmware(path);
		await this.close();
		this.#stop = new AbortController();
		const { signal } = this.#stop;
		const show = (checked: number, checks: OpenFirmware['checks']) => {
			if (signal.aborted) return;
			this.#open = { file, checked, checks };
			this.#changed();
		};
		this.#replaced();
		show(0, undefined);
		this.#verified = file
			.verify({ onProgress: (checked) => show(checked, undefined), signal, seal: true })
			.then((checks) => show(file.size, checks));
		// Whoever plans a flash hears why it failed; until then nobody waits for it.
		this.#verified.catch(() => {});
	}

	async #openPackage(path: string): Promise<void> {
		const found = await openPackage(path);
		await this.close();
		this.#package = found;
		this.#replaced();
		this.#changed();
	}

	async close(): Promise<void> {
		this.#stop.abort();
		await this.#verified.catch(() => {});
		await this.#open?.file.close();
		await this.#package?.close();
		this.#open = undefined;
		this.#package = undefined;
	}
}
