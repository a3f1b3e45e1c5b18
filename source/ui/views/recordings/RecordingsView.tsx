/** View 5: recordings to replay, and the one that is being made. */
import { Box } from 'ink';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Session } from '../../../session/session.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import type { ViewProps } from '../../actions/view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { FileList } from '../../components/FileList.tsx';
import { Lines } from '../../components/Lines.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside, wide } from '../../components/pane-frame.ts';
import type { Appearance } from '../../text/appearance.ts';
import { clockTime } from '../../text/format.ts';
import { shortenStart, wrap } from '../../text/lines.ts';
import { LogPane, type RecordingsPaneProps } from './LogPane.tsx';
import { recordingsLayout } from './recordings-layout.ts';
import type { RecordingsState } from './recordings-state.ts';

export function RecordingsView({ state, size, isZoomed }: ViewProps<RecordingsState>) {
	const { session, pane } = useViewContext();
	const appearance = useAppearance();
	if (isZoomed) {
		const Zoomed = pane === 0 ? FilesPane : LogPane;
		return <Zoomed state={state} size={size} boxed={size.width >= wide} />;
	}
	const count = state.files.files?.length ?? 0;
	const { areBeside, boxed, head, files, log } = recordingsLayout(size, count);
	return (
		<>
			<Box {...head} flexShrink={0}>
				<Lines lines={headLines(appearance, session, head.width)} size={head} />
			</Box>
			<Box flexDirection={areBeside ? 'row' : 'column'} flexShrink={0}>
				<FilesPane state={state} size={files} boxed={boxed} />
				<LogPane state={state} size={log} boxed={boxed} />
			</Box>
		</>
	);
}

/** The recordings of this machine. */
function FilesPane({ state, size, boxed }: RecordingsPaneProps) {
	const context = useViewContext();
	const { session, pane } = context;
	const { files } = state;
	const focused = pane === 0;
	const title = session.player ? 'Other recordings' : 'Recordings';
	return (
		<Pane {...{ size, boxed, title, focused }} list={files.list}>
			<FileList
				files={files}
				size={inside(size, boxed)}
				none="There are no recordings yet. r starts one; a log that is pasted here opens."
				focused={focused}
				onFocus={() => {
					context.pane = 0;
				}}
			/>
		</Pane>
	);
}

/** What is played, or where the recording goes. */
function headLines({ paint }: Appearance, session: Session, width: number): string[] {
	const { header, player, recorder } = session;
	if (player) {
		return [
			` ${paint.strong(sanitize(header.title))}`,
			` started ${sanitize(header.started.slice(0, 10))} ${clockTime(header, 0)}`,
			...wrap(sanitize(`From: ${header.origin}`), width - 2).map((row) => ` ${row}`),
		];
	}
	if (recorder?.path === undefined) {
		const { problem } = recorder ?? {};
		const says =
			problem !== undefined
				? `Nothing is being recorded: ${sanitize(problem)} r starts one.`
				: 'This session is not being recorded. r starts a recording; a flash always makes one.';
		return wrap(says, width - 2).map((row) => ` ${row}`);
	}
	const path = shortenStart(sanitize(recorder.path), width - 15);
	return [` ${paint.strong('Recording')} to ${path}`, ' r stops it.'];
}
