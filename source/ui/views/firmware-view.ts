/** View 3: a firmware file as the tree of its images, its checks, and each header by field. */
import { resolve } from 'node:path';
import type { EventOf } from '../../events.ts';
import { allImages } from '../../firmware/image-tree.ts';
import { sanitize } from '../../protocol/sanitize.ts';
import type { OpenFirmware } from '../../session/session.ts';
import type { Desk } from '../desk.ts';
import { TypedDialog } from '../overlays/typed-dialog.ts';
import { FileList } from '../parts/file-list.ts';
import { ImageHeader } from '../parts/image-header.ts';
import { imageHead, imageRow, imageState, rangeHead, rangeRow } from '../parts/image-rows.ts';
import { Cursor, listRows } from '../parts/list.ts';
import { inside, pane, wide } from '../parts/pane.ts';
import { beside, fill, type Size, wrap } from '../rows.ts';
import type { View } from '../view.ts';
import { grouped, percent } from '../words.ts';

/** The width of a box in which a row of the hex shows 16 bytes. */
const sixteenBytes = 80;

export class FirmwareView implements View {
	readonly #desk: Desk;
	readonly #files: FileList;
	readonly #images = new Cursor();
	readonly #ranges = new Cursor();
	readonly #bytes: ImageHeader;
	/** A person went back from the open file to the list. */
	#left = false;

	constructor(desk: Desk) {
		this.#desk = desk;
		this.#files = new FileList(desk, () => desk.session.firmwareFiles());
		this.#bytes = new ImageHeader(desk);
	}

	get isChoosing(): boolean {
		return this.#left || this.#desk.session.firmware === undefined;
	}

	get panes(): number {
		return this.isChoosing && !this.#desk.session.images ? 1 : 2;
	}

	get cursor(): Cursor {
		if (this.isChoosing) return this.#desk.pane === 0 ? this.#files.cursor : this.#ranges;
		return this.#desk.pane === 0 ? this.#images : this.#bytes.cursor;
	}

	enter(): void {
		this.#files.refresh();
	}

	back(): boolean {
		if (this.isChoosing) return false;
		this.#left = true;
		return true;
	}

	draw(size: Size): string[] {
		const { firmware } = this.#desk.session;
		if (this.isChoosing || !firmware) return this.#choose(size);
		const { width, height } = size;
		const boxed = width >= wide;
		const about = this.#about(firmware, width);
		const rest = height - about.length;
		const count = allImages(firmware.file.images).length;
		const edges = boxed ? 3 : 2;
		const upper = { width, height: Math.min(count + edges, Math.floor(rest * 0.55)) };
		const lower = { width, height: rest - upper.height };
		const below = this.#header(firmware, lower, boxed);
		return fill([...about, ...this.#tree(firmware, upper, boxed), ...below], size);
	}

	/** The files at hand and, below, the images that the events tell of. */
	#choose(size: Size): string[] {
		const { images } = this.#desk.session;
		const upper = images ? { ...size, height: Math.floor(size.height * 0.4) } : size;
		const boxed = size.width >= wide;
		const rows = this.#files.rows(
			inside(upper, boxed),
			'No firmware file in this folder. o opens one by its path.',
		);
		const focused = this.#desk.pane === 0;
		const files = pane(this.#desk.look, upper, { title: 'Firmware files', boxed, focused }, rows);
		if (!images) return files;
		const lower = { ...size, height: size.height - upper.height };
		return [...files, ...this.#told(images, lower, boxed)];
	}

	#told({ file, images }: EventOf<'images'>, size: Size, boxed: boolean): string[] {
		const { look, pane: focus } = this.#desk;
		const room = inside(size, boxed);
		const rows = listRows(look, {
			cursor: this.#ranges,
			first: 0,
			end: images.length,
			size: { ...room, height: room.height - 1 },
			focused: focus === 1,
			row: (index) => rangeRow(images[index]!, room.width - 1),
		});
		const title = sanitize(`${images.length} images of ${file}, as recorded`);
		const head = look.paint.dim(` ${rangeHead}`);
		return pane(look, size, { title, boxed, focused: focus === 1 }, [head, ...rows]);
	}

	#about({ file, checked, checks }: OpenFirmware, width: number): string[] {
		const { paint } = this.#desk.look;
		const failed = checks?.filter(({ state }) => state === 'failed') ?? [];
		const verdict = checks
			? failed.length === 0
				? paint.good('every check passed')
				: paint.bad(`${failed.length} of ${checks.length} checks failed`)
			: `checking ${percent(checked, file.size)}`;
		const warnings = [
			...(file.rehearsal ? ['Made for the rehearsal: never flash it to a real modem.'] : []),
			...file.versionConflicts,
			...failed.slice(0, 2).map(({ image, says }) => `0x${image.toString(16)}: ${says}`),
		];
		return [
			` ${paint.strong(sanitize(file.name))}   ${grouped(file.size)} bytes   ${verdict}`,
			...warnings
				.flatMap((words) => wrap(sanitize(words), width - 2).map((row) => ` ${paint.warn(row)}`))
				.slice(0, 4),
		];
	}

	#tree(firmware: OpenFirmware, size: Size, boxed: boolean): string[] {
		const { look, pane: focus } = this.#desk;
		const room = inside(size, boxed);
		const nodes = allImages(firmware.file.images);
		const rows = listRows(look, {
			cursor: this.#images,
			first: 0,
			end: nodes.length,
			size: { width: room.width, height: room.height - 1 },
			focused: focus === 0,
			row: (index) =>
				imageRow(look, nodes[index]!, imageState(firmware, nodes[index]!), room.width - 1),
		});
		const head = look.paint.dim(` ${imageHead(room.width - 1)}`);
		return pane(look, size, { title: `${nodes.length} images`, boxed, focused: focus === 0 }, [
			head,
			...rows,
		]);
	}

	/** The chosen image's header: in boxes its fields stand beside their bytes. */
	#header(firmware: OpenFirmware, size: Size, boxed: boolean): string[] {
		const { look, pane: focus } = this.#desk;
		const node = allImages(firmware.file.images)[this.#images.at];
		if (!node) return fill([' There is no image in this file.'], size);
		const title = sanitize(`${node.header.type} ${this.#bytes.title}`);
		const options = { title, boxed, focused: focus === 1 };
		if (!boxed) {
			const room = inside(size, false);
			return pane(look, size, options, this.#bytes.rows(firmware, node, room));
		}
		const right = { width: sixteenBytes, height: size.height };
		const left = { width: size.width - right.width, height: size.height };
		return beside(
			pane(
				look,
				left,
				{ ...options, title: 'Header fields' },
				this.#bytes.table(node, inside(left, true)),
			),
			pane(look, right, options, this.#bytes.rows(firmware, node, inside(right, true))),
		);
	}

	field(by: 1 | -1): void {
		this.#bytes.field(by);
	}

	toggleHex(): void {
		this.#bytes.toggle();
	}

	openChosen(): Promise<void> | void {
		const file = this.#files.chosen;
		if (file) return this.#openPath(file.path);
	}

	askPath(): void {
		const options = {
			title: 'Open a firmware file',
			says: ['An SPK, CWE or NVU file.'],
			prompt: 'Path:',
			refuse: (typed: string) =>
				typed === '' ? 'Type the path of a file, or press Esc.' : undefined,
			run: (typed: string) => void this.#desk.attempt(() => this.#openPath(resolve(typed))),
		};
		this.#desk.ask((close) => new TypedDialog(options, close));
	}

	async #openPath(path: string): Promise<void> {
		await this.#desk.session.openFirmware(path);
		this.#left = false;
		this.#images.toStart();
	}

	async planFlash(): Promise<void> {
		await this.#desk.session.makePlan();
		this.#desk.show('flash');
	}
}
