/** View 3: a firmware file as the tree of its images, its checks, and each header by field. */

import type { OpenFirmware } from '../../../session/session.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import type { ViewProps } from '../../actions/view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import type { Size } from '../../text/lines.ts';
import { FilesPane, RangesPane } from './ChoosingPanes.tsx';
import { modemOf, summaryRows } from './file-summary.ts';
import { choosingLayout, openLayout } from './firmware-layout.ts';
import type { FirmwareState } from './firmware-state.ts';
import { ImagePanes } from './ImagePanes.tsx';
import { PackageView } from './PackagePanes.tsx';
import { TreePane } from './TreePane.tsx';

export function FirmwareView({ state, size, isZoomed }: ViewProps<FirmwareState>) {
	const { pane } = useViewContext();
	const { opened, openedPackage } = state;
	if (openedPackage) return <PackageView {...{ state, openedPackage, size, isZoomed }} />;
	if (!opened) return <Choosing state={state} size={size} isZoomed={isZoomed} />;
	if (!isZoomed) return <OpenFile state={state} firmware={opened} size={size} />;
	const Zoomed = pane === 0 ? TreePane : ImagePanes;
	return <Zoomed state={state} firmware={opened} size={size} />;
}

/** The files at hand and, below, the images that the events tell of. */
function Choosing({ state, size, isZoomed }: ViewProps<FirmwareState>) {
	const { pane, session } = useViewContext();
	const { images } = session;
	if (isZoomed && pane === 1 && images) {
		return <RangesPane state={state} told={images} size={size} />;
	}
	const { files, ranges } = choosingLayout(size, images !== undefined);
	return (
		<>
			<FilesPane state={state} size={files} />
			{images && <RangesPane state={state} told={images} size={ranges} />}
		</>
	);
}

type OpenFileProps = {
	readonly state: FirmwareState;
	readonly firmware: OpenFirmware;
	readonly size: Size;
};

function OpenFile({ state, firmware, size }: OpenFileProps) {
	const { session } = useViewContext();
	const appearance = useAppearance();
	const { width } = size;
	const summary = summaryRows(appearance, firmware, modemOf(session), width);
	const { tree, below } = openLayout(
		{ width, height: size.height - summary.length },
		state.nodes.length,
	);
	return (
		<>
			<Lines lines={summary} size={{ width, height: summary.length }} />
			<TreePane state={state} firmware={firmware} size={tree} />
			<ImagePanes state={state} firmware={firmware} size={below} />
		</>
	);
}
