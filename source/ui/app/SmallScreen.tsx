import type { Session } from '../../session/session.ts';
import { situationOf } from '../../session/situation/situation.ts';
import { useViewContext } from '../actions/use-view-context.ts';
import { Lines } from '../components/Lines.tsx';
import { type Size, wrap } from '../text/lines.ts';
import { modemName } from './modem-name.ts';

const smallest = { width: 60, height: 16 };

export const isSmall = ({ width, height }: Size): boolean =>
	width < smallest.width || height < smallest.height;

/** The longest sentence that fits, where there is no room for a view. */
export function SmallScreen({ size }: { readonly size: Size }) {
	const { session } = useViewContext();
	return <Lines lines={smallLines(session, size)} size={size} />;
}

function smallLines(session: Session, size: Size): string[] {
	const { words } = situationOf(session);
	const name = modemName(session);
	const need = `${smallest.width}x${smallest.height}`;
	const sentences = [
		`${name === '' ? '' : `${name}: `}${words}. Please make the terminal at least ${need}.`,
		`${words}. Please enlarge to ${need}.`,
		`Please enlarge to ${need}.`,
	];
	const wrapped = sentences.map((sentence) => wrap(sentence, size.width));
	return wrapped.find((rows) => rows.length <= size.height) ?? wrapped.at(-1)!;
}
