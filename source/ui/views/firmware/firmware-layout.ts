/** How the firmware view shares its room. */
import { wide } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';

/** The width of a box in which a row of the hex shows 16 bytes, whatever the offset. */
const sixteenBytes = 84;

/** Files at hand above the images that events tell of, if they do. */
export function choosingLayout(size: Size, hasImages: boolean) {
	const upper = hasImages ? { ...size, height: Math.floor(size.height * 0.4) } : size;
	return { files: upper, ranges: { ...size, height: size.height - upper.height } };
}

/** So many images above what is known of the chosen one. */
export function openLayout({ width, height }: Size, images: number) {
	const edges = width >= wide ? 3 : 2;
	const tree = { width, height: Math.min(images + edges, Math.floor(height * 0.55)) };
	return { tree, below: { width, height: height - tree.height } };
}

/** Where it is wide, all fields beside the bytes of the chosen one. */
export function imageLayout({ width, height }: Size) {
	const isWide = width >= wide;
	return {
		isWide,
		fields: { width: width - sixteenBytes, height },
		header: isWide ? { width: sixteenBytes, height } : { width, height },
	};
}
