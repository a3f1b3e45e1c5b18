import type { OpenFirmware } from '../../../session/session.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside, wide } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';
import type { FirmwareState } from './firmware-state.ts';
import { imageHead, imageRow, imageState } from './image-rows.ts';

export type FirmwarePaneProps = {
	readonly state: FirmwareState;
	readonly firmware: OpenFirmware;
	readonly size: Size;
};

/** The images, those in others set in. */
export function TreePane({ state: { imageList, nodes }, firmware, size }: FirmwarePaneProps) {
	const context = useViewContext();
	const appearance = useAppearance();
	const boxed = size.width >= wide;
	const focused = context.pane === 0;
	const { width, height } = inside(size, boxed);
	const title = nodes.length === 1 ? '1 image' : `${nodes.length} images`;
	return (
		<Pane {...{ size, boxed, focused, title }} list={imageList}>
			<Lines
				lines={[appearance.paint.dim(` ${imageHead(width - 1)}`)]}
				size={{ width, height: 1 }}
			/>
			<List
				list={imageList}
				size={{ width, height: height - 1 }}
				focused={focused}
				row={(index) => {
					const node = nodes[index]!;
					return imageRow(appearance, node, imageState(firmware, node), width - 1);
				}}
				onFocus={() => {
					context.pane = 0;
				}}
			/>
		</Pane>
	);
}
