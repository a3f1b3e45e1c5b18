/** Files to choose from, as a session lists them; the same for firmware and for recordings. */
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { ListedFile } from '../../../session/session.ts';
import type { Desk } from '../../app/console-state.ts';
import { Cursor, listRows } from '../../components/list.ts';
import { grouped } from '../../text/format.ts';
import { fitLeft, fitRight, type Size, shorten } from '../../text/lines.ts';

export class FileList {
	readonly cursor = new Cursor();
	readonly #desk: Desk;
	readonly #load: () => Promise<ListedFile[]>;
	#files: readonly ListedFile[] | undefined;

	constructor(desk: Desk, load: () => Promise<ListedFile[]>) {
		this.#desk = desk;
		this.#load = load;
	}

	get chosen(): ListedFile | undefined {
		return this.#files?.[this.cursor.at];
	}

	/** Looks again at what there is. */
	refresh(): void {
		void this.#desk.attempt(async () => {
			this.#files = await this.#load();
		});
	}

	rows(size: Size, none: string, focused = true): string[] {
		const { look } = this.#desk;
		const files = this.#files;
		if (!files) return [' Looking..'];
		if (files.length === 0) {
			this.cursor.clear();
			return [` ${none}`];
		}
		const nameWidth = size.width - 42;
		const head = ` ${fitLeft('NAME', nameWidth)} ${fitRight('BYTES', 12)}  ${fitLeft('FROM', 12)}  CHANGED`;
		const row = ({ name, size: bytes, from, changed }: ListedFile) =>
			`${shorten(sanitize(name), nameWidth)} ${fitRight(grouped(bytes), 12)}  ${shorten(sanitize(from), 12)}  ${day(changed)}`;
		const about = ({ name, from, changed }: ListedFile) => ({
			text: `${name} ${from} ${day(changed)}`,
			fields: { name, from },
		});
		const list = listRows(look, {
			cursor: this.cursor,
			first: 0,
			end: files.length,
			size: { width: size.width, height: size.height - 1 },
			focused,
			row: (index) => row(files[index]!),
			about: (index) => about(files[index]!),
			copy: (index) => files[index]!.path,
			fields: ['name', 'from'],
			source: files,
		});
		return [look.paint.dim(head), ...list];
	}
}

const day = (at: Date) => (Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10));
