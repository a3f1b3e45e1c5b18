/** The mouse, off unless asked for: while a program has it, the terminal's own selection is gone. */
import type { Mouse } from './key-parser.ts';

const on = '\u001b[?1000h\u001b[?1006h';
const off = '\u001b[?1006l\u001b[?1000l';

type Bounds = {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
};

export type MouseRegion = {
	/** Where it stands on the screen now. */
	readonly bounds: () => Bounds | undefined;
	readonly isOverlay: boolean;
	readonly handler: (does: Mouse['does'], row: number, column: number) => void;
};

export class MouseMap {
	readonly #write: (sequence: string) => void;
	readonly #regions = new Set<MouseRegion>();
	#isOn = false;

	constructor(write: (sequence: string) => void) {
		this.#write = write;
	}

	get isOn(): boolean {
		return this.#isOn;
	}

	toggle(): void {
		this.#isOn = !this.#isOn;
		this.#write(this.#isOn ? on : off);
	}

	/** Gives the terminal its own selection back. */
	end(): void {
		if (this.#isOn) this.toggle();
	}

	/** Until it is let go, what happens on the region is given to it. */
	add(region: MouseRegion): () => void {
		this.#regions.add(region);
		return () => this.#regions.delete(region);
	}

	/** False when nothing there takes the mouse; an overlay keeps it from what it covers. */
	press({ does, row, column }: Mouse, isOverlay: boolean): boolean {
		for (const region of [...this.#regions].reverse()) {
			const bounds = region.isOverlay === isOverlay ? region.bounds() : undefined;
			if (!bounds) continue;
			const [down, right] = [row - bounds.y, column - bounds.x];
			if (down < 0 || right < 0 || down >= bounds.height || right >= bounds.width) continue;
			region.handler(does, down, right);
			return true;
		}
		return false;
	}
}
