import type { GhostMark } from '../../../flash/rehearse/ghost.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance, useRedrawIn } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import type { Appearance } from '../../text/appearance.ts';
import type { Size } from '../../text/lines.ts';
import { frameRow } from './frame-row.ts';
import { diagramHead, stepRow } from './sequence-diagram.ts';
import type { TrafficState } from './traffic-state.ts';

export type TrafficPaneProps = {
	readonly traffic: TrafficState;
	readonly size: Size;
	readonly boxed: boolean;
};

/** The frames as a list, or as a conversation between host and modem. */
export function TrafficPane({ traffic, size, boxed }: TrafficPaneProps) {
	const { session, pane } = useViewContext();
	const { redrawIn, list, asDiagram } = traffic;
	const waits = useWaitingNote(list.following);
	useRedrawIn(redrawIn);
	const { total } = session.traffic;
	const title = `${asDiagram ? 'Ladder' : 'Traffic'}  ${total === 1 ? '1 frame' : `${total} frames`}`;
	const note = waits ?? (list.following ? 'newest' : '');
	const room = inside(size, boxed);
	return (
		<Pane {...{ size, boxed, list, title, note }} focused={pane === 0}>
			<TrafficRows traffic={traffic} size={room} />
		</Pane>
	);
}

type TrafficRowsProps = Omit<TrafficPaneProps, 'boxed'>;

function TrafficRows({ traffic, size }: TrafficRowsProps) {
	const context = useViewContext();
	const appearance = useAppearance();
	const { width, height } = size;
	const { list } = traffic;
	if (context.session.traffic.total === 0) {
		return <Lines lines={[' No bytes have crossed a port yet.']} size={size} />;
	}
	const options = {
		list,
		focused: context.pane === 0,
		onFocus: () => {
			context.pane = 0;
		},
	};
	// Over its rehearsal each row has a sign in front.
	const { ghost } = context.session;
	const room = width - (ghost ? 3 : 1);
	const over = (frame: number, row: string) =>
		ghost ? `${ghostSign(appearance, ghost.markOf(frame))} ${row}` : row;
	if (!traffic.asDiagram) {
		const row = (number: number) =>
			over(number, frameRow(appearance, traffic.frame(number)!, traffic.isMarked(number), room));
		return <List {...options} size={size} row={row} />;
	}
	return (
		<>
			<Lines lines={[` ${diagramHead(appearance, width - 2)}`]} size={{ width, height: 1 }} />
			<List
				{...options}
				size={{ width, height: height - 1 }}
				row={(number) => {
					const step = traffic.step(number)!;
					return over(step.kind === 'silence' ? 0 : step.last, stepRow(appearance, step, room));
				}}
			/>
		</>
	);
}

function ghostSign({ paint, symbols }: Appearance, mark: GhostMark | undefined): string {
	if (mark === undefined) return ' ';
	if (mark === 'departed') return paint.bad(symbols.unequal);
	return mark === 'late' ? paint.warn(symbols.late) : paint.dim(symbols.done);
}

/** After so many seconds nobody waits any more for an answer that is due. */
const forgotten = 600;

/** What the newest frame waits for; a short silence is not worth a word: most answers come at once. */
function useWaitingNote(isNewest: boolean): string | undefined {
	const { session } = useViewContext();
	const { symbols } = useAppearance();
	const { waits } = session.traffic;
	const isDue = isNewest && waits?.due.from === 'modem';
	const seconds = isDue ? Math.floor(session.now() - waits.since) : Number.POSITIVE_INFINITY;
	useRedrawIn(seconds <= forgotten ? 1000 : undefined);
	if (!isDue || seconds < 1 || seconds > forgotten) return undefined;
	const { what, within } = waits.due;
	const sign = seconds > within ? `${symbols.warning} ` : '';
	return `${sign}waits for ${what}: ${seconds} s, up to ${within} s are normal`;
}
