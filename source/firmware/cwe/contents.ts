/** What the images of a firmware file hold: the kind of each leaf's bytes, and settings by item. */

import { cweCrc } from './crc.ts';
import { headerLength } from './header.ts';
import { allImages, type ImageNode, type ReadAt, readImages } from './image-tree.ts';
import { type Kind, kindOf, magicLength } from './magic.ts';
import { type NvItem, type NvUpdate, readNvUpdate } from './nv-update.ts';

/** An image in the value of a setting; its offsets are those of the file. */
export type EmbeddedImage = {
	readonly image: ImageNode;
	/** Whether the CRC of its bytes is the one that its header says. */
	readonly crcIsRight: boolean;
	/** Its own settings, when it is an NVUP image. */
	readonly settings: Settings | undefined;
};
export type Setting = NvItem & { readonly embedded: readonly EmbeddedImage[] };
export type Settings = Omit<NvUpdate, 'items'> & { readonly items: readonly Setting[] };

/** What a leaf holds. */
export type Content = Kind & {
	/** Offset in the file of the leaf's header. */
	readonly image: number;
	readonly settings: Settings | undefined;
};

/** Bytes of settings that a file is read for, all together; real files have some hundred kilobytes. */
const mostSettings = 2 << 20;
/** Settings files inside settings files inside settings files. */
const deepest = 4;

const holdsSettings = ({ header }: ImageNode) => /^(?:NVUP|ARCH)$/i.test(header.type);

/** Reads the beginning of every leaf, and settings whole. */
export async function readContents(
	images: readonly ImageNode[],
	read: ReadAt,
): Promise<readonly Content[]> {
	const contents: Content[] = [];
	let left = mostSettings;
	for (const leaf of allImages(images).filter(({ children }) => !children.length)) {
		const { start, header } = leaf;
		const from = start + headerLength;
		const kind = kindOf(await read(from, Math.min(header.size, magicLength)), header.size);
		const settings = holdsSettings(leaf) ? await settingsOf(leaf, read, left) : undefined;
		if (settings) left -= header.size;
		contents.push({ image: start, ...(settings?.items.length ? settingsKind : kind), settings });
	}
	return contents;
}

const settingsKind: Kind = { kind: 'settings', says: 'settings' };

async function settingsOf(leaf: ImageNode, read: ReadAt, most: number): Promise<Settings> {
	const { start, header } = leaf;
	if (header.size > most) return { count: 0, items: [], why: 'They are too long to be read.' };
	const from = start + headerLength;
	return settingsIn(await read(from, header.size), from, 0);
}

async function settingsIn(payload: Uint8Array, base: number, depth: number): Promise<Settings> {
	const { items, ...update } = readNvUpdate(payload, base);
	const settings: Setting[] = [];
	for (const item of items) {
		const embedded = depth < deepest ? await embeddedIn(item, depth) : [];
		settings.push({ ...item, embedded });
	}
	return { ...update, items: settings };
}

/** The images that a value consists of; none when it is a plain value. */
async function embeddedIn({ value }: NvItem, depth: number): Promise<EmbeddedImage[]> {
	if (value.bytes.length < headerLength) return [];
	const { offset, bytes } = value;
	const read: ReadAt = async (at, length) => bytes.subarray(at - offset, at - offset + length);
	const { images, rest } = await readImages(read, offset, offset + bytes.length);
	if (rest) return [];
	const embedded: EmbeddedImage[] = [];
	for (const image of allImages(images)) {
		const from = image.start + headerLength;
		const payload = await read(from, image.header.size);
		const isSettings = holdsSettings(image) && !image.children.length;
		embedded.push({
			image,
			crcIsRight: cweCrc(payload) === image.header.crc,
			settings: isSettings ? await settingsIn(payload, from, depth + 1) : undefined,
		});
	}
	return embedded;
}
