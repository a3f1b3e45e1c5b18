/** One image by field, its bytes lit: the header, and the settings that an NVUP image holds. */
import type { Content } from '../../../firmware/cwe/contents.ts';
import { headerLength } from '../../../firmware/cwe/header.ts';
import type { ImageNode } from '../../../firmware/cwe/image-tree.ts';
import { settingName, settingValue } from '../../../firmware/cwe/setting-words.ts';
import type { DecodedField } from '../../../protocol/fields.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { OpenFirmware } from '../../../session/session.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { hexRows } from '../../components/hex-dump.ts';
import { ListState } from '../../list/list-state.ts';
import { type Size, wrap } from '../../text/lines.ts';
import { fieldSentence, fieldTable } from '../bridge/field-table.ts';
import { layout } from '../bridge/list-rows.ts';
import type { ImageBytes } from './image-bytes.ts';

const rowLength = 16;
/** Bytes around a setting; enough for any pane. */
const window = 4096;

export class ImageHeader {
	readonly list = new ListState();
	readonly #context: ViewContext;
	readonly #bytes: ImageBytes;
	#started = false;

	constructor(context: ViewContext, bytes: ImageBytes) {
		this.#context = context;
		this.#bytes = bytes;
	}

	/** The lit bytes, the sentence of their field, and the worst check of the image. */
	rows(firmware: OpenFirmware, node: ImageNode, content: Content | undefined, size: Size) {
		const { appearance } = this.#context;
		const { width, height } = size;
		const fields = this.#fields(node, content);
		layout(this.list, { first: 0, end: fields.length }, height);
		const notes = [...this.#holds(content, width), ...this.#worst(firmware, node, width)];
		const field = fields[this.list.at];
		if (!field) return notes;
		const sentence = fieldSentence(appearance, field, width);
		const room = Math.max(1, height - sentence.length - notes.length);
		const isHeader = field.offset < headerLength;
		const from = isHeader ? 0 : field.offset - (field.offset % rowLength);
		const base = node.start + from;
		const bytes = this.#bytes.at(firmware.file, base, isHeader ? headerLength : window);
		const lit = { offset: field.offset - from, length: field.length };
		const hex = hexRows(appearance, { bytes, base, width, height: room, lit });
		return [...hex, ...sentence, ...notes];
	}

	/** Every field, one a row. */
	table(node: ImageNode, content: Content | undefined, size: Size): string[] {
		const fields = this.#fields(node, content).map((field) => ({
			...field,
			name: endOf(field.name),
		}));
		return fieldTable(this.#context.appearance, fields, { list: this.list, size });
	}

	/** Those of the header, then the settings, each a field of the image. */
	#fields(node: ImageNode, content: Content | undefined): readonly DecodedField[] {
		this.#startAtType(node);
		const items = content?.settings?.items ?? [];
		return [
			...node.fields,
			...items.map((item): DecodedField => {
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
			}),
		];
	}

	/** The 256 bytes before the type are seldom what a person looks for. */
	#startAtType({ fields }: ImageNode): void {
		if (this.#started) return;
		this.#started = true;
		this.list.at = Math.max(
			0,
			fields.findIndex(({ name }) => name === 'type'),
		);
	}

	#holds(content: Content | undefined, width: number): string[] {
		if (!content) return [];
		const { settings } = content;
		const what = settings?.items.length ? `${settings.items.length} settings` : content.says;
		return wrap(`It holds: ${what}.`, width - 2).map(
			(row) => ` ${this.#context.appearance.paint.dim(row)}`,
		);
	}

	#worst({ checks }: OpenFirmware, { start }: ImageNode, width: number): string[] {
		const about = checks?.filter(({ image }) => image === start) ?? [];
		const bad =
			about.find(({ state }) => state === 'failed') ??
			about.find(({ state }) => state === 'not checkable');
		if (!bad) return [];
		return wrap(sanitize(`${bad.name}: ${bad.says}`), width - 2).map(
			(row) => ` ${this.#context.appearance.paint.warn(row)}`,
		);
	}
}

/** What tells two paths apart stands at their end. */
const endOf = (name: string) => (name.length > 18 ? `..${name.slice(-16)}` : name);

function says(storage: number | undefined, id: number | undefined): string {
	if (id !== undefined) return 'A value that an NV item of the modem is set to.';
	return storage === 8
		? 'A named setting and the value that it is set to.'
		: 'A file on the modem and what is written to it.';
}
