/** The text of Sierra's fwdwl and litefw: no times, no bytes, one remark a line. */
import { type Importer, unknownStart } from './importer.ts';

export const litefw: Importer = {
	reads: 'the text of fwdwl or litefw',
	recognise: (firstLines) => firstLines.some((line) => /\blitefw|\bfwdwl-|\blite-fw/.test(line)),
	read: (lines, title) => ({
		header: {
			modemscope: 1,
			started: unknownStart,
			title,
			origin: 'imported from the text of fwdwl or litefw, which has no times',
			speed: 1,
		},
		events: lines
			.filter((line) => line.trim() !== '')
			.map((text) => ({ t: 0, source: 'log', type: 'note', text })),
		notes: [],
	}),
};
