/** View 3: a firmware file as the tree of its images, its checks, and each header by field. */

import type { EventOf } from '../../../events.ts';
import { allImages, type ImageNode } from '../../../firmware/cwe/image-tree.ts';
import { grouped } from '../../../protocol/text/numbers.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { OpenFirmware } from '../../../session/session.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { TypedDialog } from '../../components/dialogs/TypedDialog.tsx';
import { ListState } from '../../list/list-state.ts';
import { fill, hconcat, type Size } from '../../text/lines.ts';
import type { DrawnView } from '../bridge/drawn-view.ts';
import { listRows } from '../bridge/list-rows.ts';
import { inside, pane, wide } from '../bridge/pane.ts';
import { FileList } from './file-list.ts';
import { aboutRows } from './image-about.ts';
import { ImageBytes } from './image-bytes.ts';
import { ImageContents } from './image-contents.ts';
import { exportReport } from './image-export.ts';
import { ImageHeader } from './image-header.ts';
import { ImageHex, offsetOf } from './image-hex.ts';
import { modemOf } from './image-match.ts';
import {
	imageAbout,
	imageFields,
	imageHead,
	imageRow,
	imageState,
	rangeAbout,
	rangeHead,
	rangeRow,
} from './image-rows.ts';
import { askFirmwarePath } from './path-dialog.ts';

/** The width of a box in which a row of the hex shows 16 bytes, whatever the offset. */
const sixteenBytes = 84;

export class FirmwareView implements DrawnView {
	readonly #context: ViewContext;
	readonly #files: FileList;
	readonly #images = new ListState();
	readonly #ranges = new ListState();
	readonly #contents: ImageContents;
	readonly #header: ImageHeader;
	readonly #hex: ImageHex;
	#showsHex = false;
	/** A person went back from the open file to the list. */
	#left = false;

	constructor(context: ViewContext) {
		this.#context = context;
		this.#files = new FileList(context, () => context.session.firmware.list());
		this.#contents = new ImageContents(context);
		const bytes = new ImageBytes(context);
		this.#header = new ImageHeader(context, bytes);
		this.#hex = new ImageHex(bytes);
	}

	get isChoosing(): boolean {
		return this.#left || this.#context.session.firmware.opened === undefined;
	}

	get panes(): number {
		return this.isChoosing && !this.#context.session.images ? 1 : 2;
	}

	get list(): ListState {
		if (this.isChoosing) return this.#context.pane === 0 ? this.#files.list : this.#ranges;
		if (this.#context.pane === 0) return this.#images;
		return this.#showsHex ? this.#hex.list : this.#header.list;
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
		const { opened: firmware } = this.#context.session.firmware;
		if (this.isChoosing || !firmware) return this.#choose(size);
		const { width, height } = size;
		const boxed = width >= wide;
		const { appearance, session } = this.#context;
		const about = aboutRows(appearance, firmware, modemOf(session), width);
		const rest = height - about.length;
		const count = allImages(firmware.file.images).length;
		const edges = boxed ? 3 : 2;
		const upper = { width, height: Math.min(count + edges, Math.floor(rest * 0.55)) };
		const lower = { width, height: rest - upper.height };
		const below = this.#below(firmware, lower, boxed);
		return fill([...about, ...this.#tree(firmware, upper, boxed), ...below], size);
	}

	drawPane(size: Size): string[] {
		const { images } = this.#context.session;
		const { opened: firmware } = this.#context.session.firmware;
		const boxed = size.width >= wide;
		if (!this.isChoosing && firmware) {
			return this.#context.pane === 0
				? this.#tree(firmware, size, boxed)
				: this.#below(firmware, size, boxed);
		}
		return this.#context.pane === 1 && images
			? this.#imagesPane(images, size, boxed)
			: this.#choose(size);
	}

	/** The files at hand and, below, the images that the events tell of. */
	#choose(size: Size): string[] {
		const { images } = this.#context.session;
		const upper = images ? { ...size, height: Math.floor(size.height * 0.4) } : size;
		const boxed = size.width >= wide;
		const focused = this.#context.pane === 0;
		const none = 'No firmware file in this folder. o opens one by its path.';
		const rows = this.#files.rows(inside(upper, boxed), none, focused);
		const options = { title: 'Firmware files', boxed, focused, list: this.#files.list };
		const files = pane(this.#context.appearance, upper, options, rows);
		if (!images) return files;
		const lower = { ...size, height: size.height - upper.height };
		return [...files, ...this.#imagesPane(images, lower, boxed)];
	}

	#imagesPane({ file, images }: EventOf<'images'>, size: Size, boxed: boolean): string[] {
		const { appearance, pane: focus } = this.#context;
		const room = inside(size, boxed);
		const rows = listRows(appearance, {
			list: this.#ranges,
			first: 0,
			end: images.length,
			size: { ...room, height: room.height - 1 },
			focused: focus === 1,
			row: (index) => rangeRow(images[index]!, room.width - 1),
			about: (index) => rangeAbout(images[index]!),
			fields: imageFields.slice(0, 2),
			source: images,
		});
		const title = sanitize(`${images.length} images of ${file}, as recorded`);
		const head = appearance.paint.dim(` ${rangeHead}`);
		const options = { title, boxed, focused: focus === 1, list: this.#ranges };
		return pane(appearance, size, options, [head, ...rows]);
	}

	#tree(firmware: OpenFirmware, size: Size, boxed: boolean): string[] {
		const { appearance, pane: focus } = this.#context;
		const room = inside(size, boxed);
		const nodes = allImages(firmware.file.images);
		const rows = listRows(appearance, {
			list: this.#images,
			first: 0,
			end: nodes.length,
			size: { width: room.width, height: room.height - 1 },
			focused: focus === 0,
			row: (index) =>
				imageRow(appearance, nodes[index]!, imageState(firmware, nodes[index]!), room.width - 1),
			about: (index) => imageAbout(nodes[index]!, imageState(firmware, nodes[index]!)),
			fields: imageFields,
			source: firmware.file,
		});
		const head = appearance.paint.dim(` ${imageHead(room.width - 1)}`);
		const title = nodes.length === 1 ? '1 image' : `${nodes.length} images`;
		const options = { title, boxed, focused: focus === 0, list: this.#images };
		return pane(appearance, size, options, [head, ...rows]);
	}

	/** The chosen image by field, beside its bytes where there is room; or the bytes of the file. */
	#below(firmware: OpenFirmware, size: Size, boxed: boolean): string[] {
		const { appearance, pane: focus } = this.#context;
		const node = this.#node;
		if (!node) return fill([' There is no image in this file.'], size);
		const focused = focus === 1;
		if (this.#showsHex) {
			const rows = this.#hex.rows(appearance, firmware.file, inside(size, boxed));
			return pane(appearance, size, { title: this.#hex.title, boxed, focused }, rows);
		}
		const content = this.#contents.of(firmware.file, node);
		const title = sanitize(`${node.header.type} by field`);
		const drawn = (part: Size) => {
			const rows = this.#header.rows(firmware, node, content, inside(part, boxed));
			return pane(appearance, part, { title, boxed, focused }, rows);
		};
		if (!boxed) return drawn(size);
		const left = { width: size.width - sixteenBytes, height: size.height };
		const fields = this.#header.table(node, content, inside(left, true));
		return hconcat(
			pane(appearance, left, { title: 'Fields', boxed, focused, list: this.#header.list }, fields),
			drawn({ width: sixteenBytes, height: size.height }),
		);
	}

	get #node(): ImageNode | undefined {
		const { opened: firmware } = this.#context.session.firmware;
		return firmware && allImages(firmware.file.images)[this.#images.at];
	}

	field(by: 1 | -1): void {
		this.#showsHex = false;
		this.#header.list.move(by);
	}

	/** The hex begins at the chosen image, and keys move it. */
	toggleHex(): void {
		this.#showsHex = !this.#showsHex;
		if (this.#showsHex) this.#goTo(this.#node?.start ?? 0);
	}

	#goTo(offset: number): void {
		const { opened: firmware } = this.#context.session.firmware;
		if (!firmware) return;
		this.#showsHex = true;
		this.#context.pane = 1;
		this.#hex.goTo(firmware.file, offset);
	}

	askOffset(): void {
		const size = this.#context.session.firmware.opened?.file.size ?? 0;
		const options = {
			title: 'Bytes at an offset',
			says: [`Decimal, or hexadecimal behind 0x; the file has ${grouped(size)} bytes.`],
			prompt: 'Offset:',
			refuse: (typed: string) =>
				offsetOf(typed) < size ? undefined : `Type a number below ${size}, like 0x1e00.`,
			run: (typed: string) => this.#goTo(offsetOf(typed)),
		};
		this.#context.openOverlay((close) => new TypedDialog(options, close));
	}

	async exportJson(): Promise<void> {
		const { opened: firmware } = this.#context.session.firmware;
		if (!firmware) return;
		const path = await exportReport(firmware, modemOf(this.#context.session));
		this.#context.toasts.show(`Saved as ${sanitize(path)}.`);
	}

	openChosen(): Promise<void> | void {
		const file = this.#files.chosen;
		if (file) return this.#openPath(file.path);
	}

	askPath(): void {
		askFirmwarePath(this.#context, 'Open a firmware file', (path) => this.#openPath(path));
	}

	async #openPath(path: string): Promise<void> {
		await this.#context.session.firmware.open(path);
		this.#left = false;
		this.#images.toStart();
	}

	async planFlash(): Promise<void> {
		await this.#context.session.modem?.flasher.makePlan();
		this.#context.show('flash');
	}
}
