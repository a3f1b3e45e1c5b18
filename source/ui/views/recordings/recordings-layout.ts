/** How the recordings view shares its room. */
import { wide } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';

/** From this width on, both lists stand side by side. */
const twoLists = 160;
const headHeight = 3;

export type RecordingsLayout = {
	readonly areBeside: boolean;
	readonly boxed: boolean;
	/** What is recorded or played now, above the lists. */
	readonly head: Size;
	readonly files: Size;
	readonly log: Size;
};

/** Rows of a list of files that is empty, or nearly. */
const fewFiles = 3;

/** Where the lists stand one above the other, the log has what so many files leave. */
export function recordingsLayout({ width, height }: Size, count: number): RecordingsLayout {
	const head = { width, height: headHeight };
	const room = height - headHeight;
	const boxed = width >= wide;
	if (width >= twoLists) {
		const files = { width: Math.floor(width / 2), height: room };
		const log = { width: width - files.width, height: room };
		return { areBeside: true, boxed, head, files, log };
	}
	const edges = boxed ? 3 : 2;
	const most = Math.floor(room / 2);
	const files = { width, height: Math.min(most, Math.max(fewFiles, count) + edges) };
	const log = { width, height: room - files.height };
	return { areBeside: false, boxed, head, files, log };
}
