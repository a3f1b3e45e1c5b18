import { Box } from 'ink';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance, useViewport } from '../../components/console-hooks.ts';
import { FieldTable, fieldSentence } from '../../components/FieldTable.tsx';
import { HexDump } from '../../components/HexDump.tsx';
import { Lines } from '../../components/Lines.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside, wide } from '../../components/pane-frame.ts';
import type { ListState } from '../../list/list-state.ts';
import { hex } from '../../text/format.ts';
import type { Size } from '../../text/lines.ts';
import { imageLayout } from './firmware-layout.ts';
import type { FirmwareState } from './firmware-state.ts';
import { imageNotes } from './image-fields.ts';
import type { FirmwarePaneProps } from './TreePane.tsx';

/** The chosen image by field, beside its bytes where there is room; or the bytes of the file. */
export function ImagePanes({ state, firmware, size }: FirmwarePaneProps) {
	if (!state.node) return <Lines lines={[' There is no image in this file.']} size={size} />;
	if (state.showsHex) return <HexPane state={state} size={size} />;
	const { isWide, fields, header } = imageLayout(size);
	if (!isWide) {
		return (
			<>
				<HeaderPane state={state} firmware={firmware} size={header} boxed={false} />
				<OneField list={state.fields.list} height={inside(header, false).height} />
			</>
		);
	}
	return (
		<Box>
			<FieldsPane state={state} size={fields} />
			<HeaderPane state={state} firmware={firmware} size={header} boxed />
		</Box>
	);
}

/** Keys go from one field to the next where only one is seen. */
function OneField({ list, height }: { readonly list: ListState; readonly height: number }) {
	useViewport(list, height);
	return null;
}

type ImagePaneProps = { readonly state: FirmwareState; readonly size: Size };

function FieldsPane({ state, size }: ImagePaneProps) {
	const context = useViewContext();
	const { list, fields } = state.fields;
	return (
		<Pane {...{ size, list }} title="Fields" boxed focused={context.pane === 1}>
			<FieldTable
				fields={fields.map((field) => ({ ...field, name: endOf(field.name) }))}
				list={list}
				size={inside(size, true)}
				onFocus={() => {
					context.pane = 1;
				}}
			/>
		</Pane>
	);
}

/** What tells two paths apart stands at their end. */
const endOf = (name: string) => (name.length > 18 ? `..${name.slice(-16)}` : name);

type HeaderPaneProps = FirmwarePaneProps & { readonly boxed: boolean };

/** The lit bytes, the sentence of their field, and what is known of the image. */
function HeaderPane({ state, firmware, size, boxed }: HeaderPaneProps) {
	const { node, content, lit } = state;
	const { pane } = useViewContext();
	const appearance = useAppearance();
	const { width, height } = inside(size, boxed);
	if (!node) return null;
	const notes = imageNotes(appearance, firmware, node, content, width);
	const says = lit ? [...fieldSentence(appearance, lit.field, width), ...notes] : notes;
	const room = Math.max(1, height - says.length);
	return (
		<Pane
			{...{ size, boxed }}
			title={sanitize(`${node.header.type} by field`)}
			focused={pane === 1}
		>
			{lit && <HexDump {...lit} size={{ width, height: room }} />}
			<Lines lines={says} size={{ width, height: height - (lit ? room : 0) }} />
		</Pane>
	);
}

function HexPane({ state: { hex: file }, size }: ImagePaneProps) {
	const { pane } = useViewContext();
	const boxed = size.width >= wide;
	const room = inside(size, boxed);
	useViewport(file.list, room.height);
	return (
		<Pane
			{...{ size, boxed }}
			title={`hex of the file from 0x${hex(file.offset(room.height), 7)}`}
			focused={pane === 1}
		>
			<HexDump
				bytes={file.bytes}
				base={file.base}
				top={file.top(room.height)}
				digits={8}
				size={room}
			/>
		</Pane>
	);
}
