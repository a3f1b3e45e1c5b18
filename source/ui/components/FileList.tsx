/** Files to choose from, as a session lists them; the same for firmware and for recordings. */
import { isoTime } from '../../clock.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { ListedFile } from '../../session/session.ts';
import { ListState } from '../list/list-state.ts';
import { grouped } from '../text/format.ts';
import { fitLeft, fitRight, type Size, shortenMiddle, widthOf, wrap } from '../text/lines.ts';
import { useAppearance } from './console-hooks.ts';
import { Lines } from './Lines.tsx';
import { List } from './List.tsx';

type Attempt = (task: () => Promise<void>) => Promise<void>;

export class FileListState {
	readonly list = new ListState();
	readonly #load: () => Promise<ListedFile[]>;
	readonly #attempt: Attempt;
	/** Undefined until they were looked for. */
	#files: readonly ListedFile[] | undefined;

	constructor(load: () => Promise<ListedFile[]>, attempt: Attempt) {
		this.#load = load;
		this.#attempt = attempt;
	}

	get files(): readonly ListedFile[] | undefined {
		return this.#files;
	}

	get chosen(): ListedFile | undefined {
		return this.#files?.[this.list.at];
	}

	/** Looks again at what there is. */
	refresh(): void {
		void this.#attempt(async () => {
			this.#files = await this.#load();
		});
	}

	update(): void {
		const files = this.#files;
		if (!files) return;
		this.list.update({
			first: 0,
			end: files.length,
			about: (index) => aboutFile(files[index]!),
			copy: (index) => files[index]!.path,
			fields: ['name', 'from'],
			source: files,
		});
	}
}

type FileListProps = {
	readonly files: FileListState;
	readonly size: Size;
	/** What is said where there are no files. */
	readonly none: string;
	readonly focused: boolean;
	/** The mouse has chosen this list. */
	readonly onFocus: () => void;
};

export function FileList({ files: { list, files }, size, none, focused, onFocus }: FileListProps) {
	const { paint } = useAppearance();
	const { width, height } = size;
	if (!files?.length) {
		const says = wrap(files ? none : 'Looking..', width - 2).map((row) => ` ${row}`);
		return <Lines lines={says} size={size} />;
	}
	const columns = columnsFor(files, width);
	return (
		<>
			<Lines lines={[paint.dim(fileHead(columns))]} size={{ width, height: 1 }} />
			<List
				list={list}
				size={{ width, height: height - 1 }}
				focused={focused}
				row={(index) => fileRow(files[index]!, columns)}
				onFocus={onFocus}
			/>
		</>
	);
}

/** Columns of everything but the name, which takes what is left. */
const fixed = 42;
const dayWidth = 12;

type Columns = { readonly name: number; readonly hasDay: boolean };

/** The day gives way to a name that does not fit beside it: that of a recording begins with its day. */
function columnsFor(files: readonly ListedFile[], width: number): Columns {
	const longest = Math.max(...files.map(({ name }) => widthOf(name)));
	const hasDay = longest <= width - fixed;
	return { name: width - fixed + (hasDay ? 0 : dayWidth), hasDay };
}

const row = ({ name, hasDay }: Columns, cells: readonly [string, string, string, string]) =>
	`${fitLeft(shortenMiddle(cells[0], name), name)} ${fitRight(cells[1], 12)}  ${fitLeft(cells[2], 12)}${hasDay ? `  ${cells[3]}` : ''}`;

const fileHead = (columns: Columns) => ` ${row(columns, ['NAME', 'BYTES', 'FROM', 'CHANGED'])}`;

const fileRow = ({ name, size: bytes, from, changed }: ListedFile, columns: Columns) =>
	row(columns, [sanitize(name), grouped(bytes), sanitize(from), day(changed)]);

export const aboutFile = ({ name, from, changed }: ListedFile) => ({
	text: `${name} ${from} ${day(changed)}`,
	fields: { name, from },
});

const day = (at: Date) => (Number.isNaN(at.getTime()) ? '' : isoTime(at.getTime()).slice(0, 10));
