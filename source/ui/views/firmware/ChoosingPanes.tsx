import type { EventOf } from '../../../events.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { FileList } from '../../components/FileList.tsx';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside, wide } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';
import type { FirmwareState } from './firmware-state.ts';
import { rangeHead, rangeRow } from './image-rows.ts';

type ChoosingPaneProps = { readonly state: FirmwareState; readonly size: Size };

export function FilesPane({ state: { files }, size }: ChoosingPaneProps) {
	const context = useViewContext();
	const boxed = size.width >= wide;
	const focused = context.pane === 0;
	return (
		<Pane {...{ size, boxed, focused }} title="Firmware files" list={files.list}>
			<FileList
				files={files}
				size={inside(size, boxed)}
				none="No firmware file in this folder. o opens one by its path."
				focused={focused}
				onFocus={() => {
					context.pane = 0;
				}}
			/>
		</Pane>
	);
}

type RangesPaneProps = ChoosingPaneProps & { readonly told: EventOf<'images'> };

/** Images of which only their place is sure. */
export function RangesPane({ state: { rangeList }, told, size }: RangesPaneProps) {
	const context = useViewContext();
	const { paint } = useAppearance();
	const boxed = size.width >= wide;
	const focused = context.pane === 1;
	const { width, height } = inside(size, boxed);
	const { file, images } = told;
	const title = sanitize(`${images.length} images of ${file}, as recorded`);
	return (
		<Pane {...{ size, boxed, focused, title }} list={rangeList}>
			<Lines lines={[paint.dim(` ${rangeHead}`)]} size={{ width, height: 1 }} />
			<List
				list={rangeList}
				size={{ width, height: height - 1 }}
				focused={focused}
				row={(index) => rangeRow(images[index]!, width - 1)}
				onFocus={() => {
					context.pane = 1;
				}}
			/>
		</Pane>
	);
}
