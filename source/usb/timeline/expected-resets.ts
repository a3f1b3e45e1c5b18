/** Whether a reset was asked for, by a command or a flash: then it is no symptom. */
import type { Event } from '../../events.ts';

/** Commands that make the modem go when they are answered with OK (Sierra's, and 3GPP TS 27.007 CFUN). */
const resets = /^AT(?:!RESET|!BOOTHOLD|!QPSTDLOAD|\^RESET|\+CFUN=\d+,1)$/i;
/** A modem resets within so many seconds of its OK; a later reset has another reason. */
const soon = 60;

export class ExpectedResets {
	/** When a path was told to reset. */
	#told = new Map<string, number>();
	/** The path of each node that is there. */
	#paths = new Map<string, string>();
	/** The path that is being flashed. */
	#flashed: string | undefined;

	/** Another one that goes on from here by itself. */
	copy(): ExpectedResets {
		const copy = new ExpectedResets();
		copy.#told = new Map(this.#told);
		copy.#paths = new Map(this.#paths);
		copy.#flashed = this.#flashed;
		return copy;
	}

	/** True when the modem at `path` was told to reset and goes at `t`, or is being flashed. */
	explains(path: string, t: number): boolean {
		if (this.#flashed === path) return true;
		return t - (this.#told.get(path) ?? Number.NEGATIVE_INFINITY) < soon;
	}

	add(event: Event): void {
		switch (event.type) {
			case 'usb-came':
			case 'usb-changed':
				for (const node of event.device.interfaces.flatMap(({ nodes }) => nodes)) {
					this.#paths.set(node, event.device.path);
				}
				if (event.type === 'usb-came') this.#told.delete(event.device.path);
				break;
			case 'usb-went':
				this.#told.delete(event.path);
				for (const [node, path] of this.#paths) if (path === event.path) this.#paths.delete(node);
				break;
			case 'at-answered':
				this.#answered(event, this.#paths.get(event.port.slice(event.port.lastIndexOf('/') + 1)));
				break;
			case 'fired':
				this.#answered(event, event.path);
				break;
			case 'flash-started':
				this.#flashed = event.path;
				break;
			case 'flash-ended':
				this.#flashed = undefined;
		}
	}

	#answered(
		{ command, result, t }: { command: string; result: string; t: number },
		path: string | undefined,
	): void {
		if (path === undefined || result !== 'OK' || !resets.test(command.replaceAll(' ', ''))) return;
		this.#told.set(path, t);
	}
}
