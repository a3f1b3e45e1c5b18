import type { FirmwarePackage } from '../../../firmware/package/quectel.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside, wide } from '../../components/pane-frame.ts';
import type { ListState } from '../../list/list-state.ts';
import type { Size } from '../../text/lines.ts';
import { openLayout } from './firmware-layout.ts';
import type { FirmwareState } from './firmware-state.ts';
import { fileHead, fileRow, packageSummary, stepHead, stepRow } from './package-rows.ts';

type PackageProps = {
	readonly state: FirmwareState;
	readonly openedPackage: FirmwarePackage;
	readonly size: Size;
};

/** A maker's package: what is known of the whole, its files, and what is written where. */
export function PackageView({
	state,
	openedPackage,
	size,
	isZoomed,
}: PackageProps & { readonly isZoomed: boolean }) {
	const { pane } = useViewContext();
	const appearance = useAppearance();
	const shared = { state, openedPackage };
	if (isZoomed) {
		const Zoomed = pane === 0 ? FilesPane : StepsPane;
		return <Zoomed {...shared} size={size} />;
	}
	const { width } = size;
	const summary = packageSummary(appearance, openedPackage, width);
	const room = { width, height: size.height - summary.length };
	const { tree, below } = openLayout(room, openedPackage.checks.length);
	return (
		<>
			<Lines lines={summary} size={{ width, height: summary.length }} />
			<FilesPane {...shared} size={tree} />
			<StepsPane {...shared} size={below} />
		</>
	);
}

function FilesPane({ state, openedPackage: { checks }, size }: PackageProps) {
	const appearance = useAppearance();
	return (
		<ListPane
			at={0}
			title={`${checks.length} files`}
			list={state.packed.files}
			size={size}
			head={fileHead}
			row={(index, width) => fileRow(appearance, checks[index]!, width)}
		/>
	);
}

function StepsPane({ state, openedPackage: { set }, size }: PackageProps) {
	return (
		<ListPane
			at={1}
			title={`${set.steps.length} steps`}
			list={state.packed.steps}
			size={size}
			head={() => stepHead}
			row={(index, width) => stepRow(set.steps[index]!, width)}
		/>
	);
}

type ListPaneProps = {
	/** Which pane of the view it is. */
	readonly at: number;
	readonly title: string;
	readonly list: ListState;
	readonly size: Size;
	head(width: number): string;
	row(index: number, width: number): string;
};

function ListPane({ at, title, list, size, head, row }: ListPaneProps) {
	const context = useViewContext();
	const { paint } = useAppearance();
	const boxed = size.width >= wide;
	const focused = context.pane === at;
	const { width, height } = inside(size, boxed);
	return (
		<Pane {...{ size, boxed, focused, title, list }}>
			<Lines lines={[paint.dim(` ${head(width - 1)}`)]} size={{ width, height: 1 }} />
			<List
				list={list}
				size={{ width, height: height - 1 }}
				focused={focused}
				row={(index) => row(index, width - 1)}
				onFocus={() => {
					context.pane = at;
				}}
			/>
		</Pane>
	);
}
