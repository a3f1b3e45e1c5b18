/** View 3: a firmware file as the tree of its images, its checks, and each header by field. */
import type { Content } from '../../../firmware/cwe/contents.ts';
import { allImages, type ImageNode } from '../../../firmware/cwe/image-tree.ts';
import type { FirmwarePackage } from '../../../firmware/package/quectel.ts';
import { grouped } from '../../../protocol/text/numbers.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { OpenFirmware } from '../../../session/session.ts';
import { askPath } from '../../actions/path-dialog.ts';
import type { View, ViewContext } from '../../actions/view-context.ts';
import { TypedDialog } from '../../components/dialogs/TypedDialog.tsx';
import { FileListState } from '../../components/FileList.tsx';
import { inside, wide } from '../../components/pane-frame.ts';
import { ListState } from '../../list/list-state.ts';
import { stripColors } from '../../text/lines.ts';
import { FileHex, offsetOf } from './file-hex.ts';
import { FileReader } from './file-reader.ts';
import { modemOf } from './file-summary.ts';
import { exportReport } from './image-export.ts';
import { ImageFields, type LitField } from './image-fields.ts';
import {
	imageAbout,
	imageFields,
	imageRow,
	imageState,
	rangeAbout,
	rangeFields,
	rangeRow,
} from './image-rows.ts';

import { PackageLists } from './package-rows.ts';

export class FirmwareState implements View {
	readonly files: FileListState;
	readonly imageList = new ListState();
	/** Of images of which only a recording tells. */
	readonly rangeList = new ListState();
	readonly packed = new PackageLists();
	readonly fields = new ImageFields();
	readonly hex = new FileHex();
	nodes: readonly ImageNode[] = [];
	/** What the chosen image holds, and its chosen field. */
	content: Content | undefined;
	lit: LitField | undefined;
	showsHex = false;
	readonly #context: ViewContext;
	readonly #reader: FileReader;
	/** A person went back from the open file to the list. */
	#left = false;

	constructor(context: ViewContext) {
		this.#context = context;
		this.files = new FileListState(
			() => context.session.firmware.list(),
			(task) => context.attempt(task),
		);
		this.#reader = new FileReader(context);
	}

	/** The file that is looked at. */
	get opened(): OpenFirmware | undefined {
		return this.#left ? undefined : this.#context.session.firmware.opened;
	}

	/** The package that is looked at. */
	get openedPackage(): FirmwarePackage | undefined {
		return this.#left ? undefined : this.#context.session.firmware.openedPackage;
	}

	get isChoosing(): boolean {
		return this.opened === undefined && this.openedPackage === undefined;
	}

	/** The image that is looked at. */
	get node(): ImageNode | undefined {
		return this.nodes[this.imageList.at];
	}

	get panes(): number {
		return this.isChoosing && !this.#context.session.images ? 1 : 2;
	}

	get list(): ListState {
		const { pane } = this.#context;
		if (this.openedPackage) return pane === 0 ? this.packed.files : this.packed.steps;
		if (this.isChoosing) return pane === 0 ? this.files.list : this.rangeList;
		if (pane === 0) return this.imageList;
		return this.showsHex ? this.hex.list : this.fields.list;
	}

	update(): void {
		if (this.openedPackage) {
			this.packed.update(this.openedPackage, this.#width - 1);
			return;
		}
		if (!this.opened) {
			this.files.update();
			this.#updateRanges();
			return;
		}
		this.#updateImages(this.opened);
		const { file } = this.opened;
		this.hex.update(file, this.#width);
		const { node } = this;
		if (node) {
			this.content = this.#reader.content(file, node);
			this.fields.update(node, this.content);
		}
		if (this.showsHex) this.hex.read(file, this.#reader);
		else this.lit = node && this.fields.lit(file, node, this.#reader);
	}

	/** Of the rows of a pane that is as wide as the view. */
	get #width(): number {
		const { size } = this.#context;
		return inside(size, size.width >= wide).width;
	}

	#updateImages(firmware: OpenFirmware): void {
		const { appearance } = this.#context;
		const width = this.#width - 1;
		this.nodes = allImages(firmware.file.images);
		const node = (index: number) => this.nodes[index]!;
		this.imageList.update({
			first: 0,
			end: this.nodes.length,
			about: (index) => imageAbout(node(index), imageState(firmware, node(index))),
			copy: (index) =>
				stripColors(imageRow(appearance, node(index), imageState(firmware, node(index)), width)),
			fields: imageFields,
			source: firmware.file,
		});
	}

	#updateRanges(): void {
		const { images } = this.#context.session.images ?? { images: [] };
		this.rangeList.update({
			first: 0,
			end: images.length,
			about: (index) => rangeAbout(images[index]!),
			copy: (index) => rangeRow(images[index]!, this.#width - 1).trimEnd(),
			fields: rangeFields,
			source: images,
		});
	}

	enter(): void {
		this.files.refresh();
	}

	back(): boolean {
		if (this.isChoosing) return false;
		this.#left = true;
		return true;
	}

	field(by: 1 | -1): void {
		this.showsHex = false;
		this.fields.list.move(by);
	}

	/** The hex begins at the chosen image, and keys move it. */
	toggleHex(): void {
		if (this.showsHex) this.showsHex = false;
		else this.#goTo(this.node?.start ?? 0);
	}

	#goTo(offset: number): void {
		this.showsHex = true;
		this.#context.pane = 1;
		this.hex.goTo(offset);
	}

	askOffset(): void {
		const size = this.opened?.file.size ?? 0;
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
		const { opened } = this;
		if (!opened) return;
		const path = await exportReport(opened, modemOf(this.#context.session));
		this.#context.toasts.show(`Saved as ${sanitize(path)}.`);
	}

	openChosen(): Promise<void> | void {
		const file = this.files.chosen;
		if (file) return this.#openPath(file.path);
	}

	askPath(): void {
		askPath(this.#context, 'Open a firmware file', (path) => this.#openPath(path));
	}

	async #openPath(path: string): Promise<void> {
		await this.#context.session.firmware.open(path);
		this.#left = false;
		this.imageList.toStart();
		this.packed.toStart();
	}

	async planFlash(): Promise<void> {
		await this.#context.session.modem?.flasher.makePlan();
		this.#context.show('flash');
	}
}
