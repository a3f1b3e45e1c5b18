/** Files to choose from, as a session lists them; the same for firmware and for recordings. */
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { ListedFile } from '../../../session/session.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { ListState } from '../../list/list-state.ts';
import { grouped } from '../../text/format.ts';
import { fitLeft, fitRight, type Size, shorten } from '../../text/lines.ts';
import { listRows } from '../bridge/list-rows.ts';

export class FileList {
	readonly list = new ListState();
	readonly #context: ViewContext;
	readonly #load: () => Promise<ListedFile[]>;
	#files: readonly ListedFile[] | undefined;

	constructor(context: ViewContext, load: () => Promise<ListedFile[]>) {
		this.#context = context;
		this.#load = load;
	}

	get chosen(): ListedFile | undefined {
		return this.#files?.[this.list.at];
	}

	/** Looks again at what there is. */
	refresh(): void {
		void this.#context.attempt(async () => {
			this.#files = await this.#load();
		});
	}

	rows(size: Size, none: string, focused = true): string[] {
		const { appearance } = this.#context;
		const files = this.#files;
		if (!files) return [' Looking..'];
		if (files.length === 0) {
			this.list.clear();
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
		const list = listRows(appearance, {
			list: this.list,
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
		return [appearance.paint.dim(head), ...list];
	}
}

const day = (at: Date) => (Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10));
