import type { Size } from '../text/lines.ts';
import { useAppearance } from './console-hooks.ts';
import { type HexOptions, hexRows } from './hex-dump.ts';
import { Lines } from './Lines.tsx';

type HexDumpProps = Omit<HexOptions, 'width' | 'height'> & { readonly size: Size };

/** Bytes in hexadecimal, as many rows as there are bytes and room for. */
export function HexDump({ size, ...options }: HexDumpProps) {
	const appearance = useAppearance();
	return <Lines lines={hexRows(appearance, { ...options, ...size })} size={size} />;
}
