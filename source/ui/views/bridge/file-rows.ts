/** The files of a view that is still drawn as one text. */
import { aboutFile, type FileListState, fileHead, fileRow } from '../../components/FileList.tsx';
import type { Appearance } from '../../text/appearance.ts';
import type { Size } from '../../text/lines.ts';
import { listRows } from './list-rows.ts';

export function fileRows(
	appearance: Appearance,
	{ list, files }: FileListState,
	size: Size,
	none: string,
	focused: boolean,
): string[] {
	if (!files?.length) return [files ? ` ${none}` : ' Looking..'];
	const { width, height } = size;
	const rows = listRows(appearance, {
		list,
		first: 0,
		end: files.length,
		size: { width, height: height - 1 },
		focused,
		row: (index) => fileRow(files[index]!, width),
		about: (index) => aboutFile(files[index]!),
		copy: (index) => files[index]!.path,
		fields: ['name', 'from'],
		source: files,
	});
	return [appearance.paint.dim(fileHead(width)), ...rows];
}
