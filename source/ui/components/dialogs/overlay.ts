import type { ReactNode } from 'react';
import type { Size } from '../../text/lines.ts';

/** What lies over a view and takes every key until it is closed. */
export type Overlay = {
	/** Placed by itself on a screen of this size. */
	render(screen: Size): ReactNode;
	key(key: string): void;
	paste?(text: string): void;
};

/** Closes the overlay that asks. */
export type Close = () => void;
