import { Component, type ReactNode } from 'react';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { Lines } from '../components/Lines.tsx';
import type { Size } from '../text/lines.ts';

type Props = {
	/** The next frame tries again. */
	readonly frame: number;
	readonly size: Size;
	readonly children: ReactNode;
};
type State = { readonly frame: number; readonly error?: unknown };

/** A defect in what is drawn leaves the keys, the other views and the terminal as they are. */
export class DrawingBoundary extends Component<Props, State> {
	override state: State = { frame: this.props.frame };

	static getDerivedStateFromError(error: unknown): Partial<State> {
		return { error };
	}

	static getDerivedStateFromProps({ frame }: Props, before: State): State | null {
		return frame === before.frame ? null : { frame, error: undefined };
	}

	override render() {
		const { size, children } = this.props;
		const { error } = this.state;
		if (error === undefined) return children;
		const what = sanitize(error instanceof Error ? error.message : String(error));
		const says = ['', ` This cannot be drawn: ${what}`, ' The other views (1-5) and q still work.'];
		return <Lines lines={says} size={size} />;
	}
}
