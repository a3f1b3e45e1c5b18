/** How the flash view shares its room. */
import { inside, wide } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';

/** The width of a box in which a row of the hex shows 16 bytes. */
const frameNeeds = 80;

export type FlashLayout = {
	readonly isWide: boolean;
	readonly plan: Size;
	readonly traffic: Size;
	readonly frame: Size;
};

type Shown = {
	readonly planRows: number;
	/** A plan waits to be read; the traffic is what a person looks at otherwise. */
	readonly isPlanNews: boolean;
	readonly asDiagram: boolean;
};

/** Plan or flash above the traffic and its frame; these side by side where it is wide. */
export function flashLayout({ width, height }: Size, shown: Shown): FlashLayout {
	const isWide = width >= wide;
	const most = Math.max(4, Math.floor(height * (shown.isPlanNews ? 0.7 : 0.5)));
	const upper = Math.min(shown.planRows + (isWide ? 2 : 1), most);
	const plan = { width, height: upper };
	const rest = height - upper;
	if (isWide) {
		const left = Math.min(Math.floor(width * 0.45), width - frameNeeds);
		const traffic = { width: left, height: rest };
		return { isWide, plan, traffic, frame: { width: width - left, height: rest } };
	}
	const [least, mostRows, share] = shown.asDiagram ? [5, 12, 0.55] : [3, 6, 0.4];
	const list = Math.max(least, Math.min(mostRows, Math.floor(rest * share)));
	return {
		isWide,
		plan,
		traffic: { width, height: list },
		frame: { width, height: rest - list },
	};
}

/** Of the rows of the plan, which begin behind the sign of the list. */
export const planWidth = (size: Size): number => inside(size, size.width >= wide).width - 1;
