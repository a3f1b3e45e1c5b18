/** One image by field: those of its header, then the settings that an NVUP image holds. */
import type { Content } from '../../../firmware/cwe/contents.ts';
import { headerLength } from '../../../firmware/cwe/header.ts';
import type { ImageNode } from '../../../firmware/cwe/image-tree.ts';
import { settingName, settingValue } from '../../../firmware/cwe/setting-words.ts';
import type { FirmwareFile } from '../../../firmware/firmware-file.ts';
import type { DecodedField } from '../../../protocol/fields.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { OpenFirmware } from '../../../session/session.ts';
import { fieldItems } from '../../components/FieldTable.tsx';
import { ListState } from '../../list/list-state.ts';
import type { Appearance } from '../../text/appearance.ts';
import { wrap } from '../../text/lines.ts';
import type { FileReader } from './file-reader.ts';

const rowLength = 16;
/** Bytes around a setting; enough for any pane. */
const window = 4096;

/** A field, and the bytes that it is lit among. */
export type LitField = {
	readonly field: DecodedField;
	readonly bytes: Uint8Array;
	/** The offset of the first byte in the file. */
	readonly base: number;
	readonly lit: { readonly offset: number; readonly length: number };
};

export class ImageFields {
	readonly list = new ListState();
	fields: readonly DecodedField[] = [];
	#node: ImageNode | undefined;
	#content: Content | undefined;
	#started = false;

	update(node: ImageNode, content: Content | undefined): void {
		if (node !== this.#node || content !== this.#content) {
			this.#node = node;
			this.#content = content;
			this.fields = [...node.fields, ...settingFields(node, content)];
		}
		this.list.update(fieldItems(this.fields));
		if (!this.#started) this.#startAtType();
	}

	lit(file: FirmwareFile, node: ImageNode, reader: FileReader): LitField | undefined {
		const field = this.fields[this.list.at];
		if (!field) return undefined;
		const isHeader = field.offset < headerLength;
		const from = isHeader ? 0 : field.offset - (field.offset % rowLength);
		const base = node.start + from;
		const bytes = reader.bytes(file, base, isHeader ? headerLength : window);
		return { field, bytes, base, lit: { offset: field.offset - from, length: field.length } };
	}

	/** The 256 bytes before the type are seldom what a person looks for. */
	#startAtType(): void {
		this.#started = true;
		this.list.goTo(
			Math.max(
				0,
				this.fields.findIndex(({ name }) => name === 'type'),
			),
		);
	}
}

function settingFields(node: ImageNode, content: Content | undefined): DecodedField[] {
	const items = content?.settings?.items ?? [];
	return items.map((item) => {
		const shown = settingValue(item, 16);
		return {
			name: settingName(item),
			type: 'bytes',
			endian: 'little',
			offset: item.offset - node.start,
			length: item.length,
			value: shown,
			shown,
			description: says(item.storage, item.id),
		};
	});
}

function says(storage: number | undefined, id: number | undefined): string {
	if (id !== undefined) return 'A value that an NV item of the modem is set to.';
	return storage === 8
		? 'A named setting and the value that it is set to.'
		: 'A file on the modem and what is written to it.';
}

/** What the image holds, and the worst of its checks. */
export function imageNotes(
	{ paint }: Appearance,
	{ checks }: OpenFirmware,
	{ start }: ImageNode,
	content: Content | undefined,
	width: number,
): string[] {
	const settings = content?.settings?.items.length;
	const holds = content ? `It holds: ${settings ? `${settings} settings` : content.says}.` : '';
	const about = checks?.filter(({ image }) => image === start) ?? [];
	const bad =
		about.find(({ state }) => state === 'failed') ??
		about.find(({ state }) => state === 'not checkable');
	return [
		...wrap(holds, width - 2).map((row) => ` ${paint.dim(row)}`),
		...wrap(bad ? sanitize(`${bad.name}: ${bad.says}`) : '', width - 2).map(
			(row) => ` ${paint.warn(row)}`,
		),
	];
}
