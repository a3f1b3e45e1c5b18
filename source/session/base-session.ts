import type { UsbDevice } from '../events.ts';
import { modelOf } from '../usb/device/modes.ts';
import type { ReadModels } from './read-models.ts';

/** What every session shows in the same way: its models, the modem looked at, and who hears of changes. */
export abstract class BaseSession {
	readonly #listeners = new Set<() => void>();
	#chosen: string | undefined;

	protected abstract get models(): ReadModels;
	abstract now(): number;

	get log() {
		return this.models.log;
	}
	get timeline() {
		return this.models.timeline;
	}
	get traffic() {
		return this.models.traffic;
	}
	get transcript() {
		return this.models.transcript;
	}
	get facts() {
		return this.models.facts;
	}
	get flash() {
		return this.models.flash;
	}
	get findings() {
		return this.models.findings;
	}
	get images() {
		return this.models.images;
	}

	get path(): string | undefined {
		return this.#chosen ?? this.flash.started?.path ?? this.timeline.ports(this.now())[0]?.path;
	}
	choosePath(path: string): void {
		this.#chosen = path;
		this.changed();
	}
	get model(): string | undefined {
		const device = this.lastSeen;
		return device ? modelOf(device) : this.flash.started?.model;
	}
	/** The device that is, or was last, at the path that is looked at. */
	protected get lastSeen(): UsbDevice | undefined {
		const life = this.path === undefined ? undefined : this.timeline.port(this.path, this.now());
		return life?.spans.at(-1)?.device;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
	protected changed(): void {
		for (const listener of this.#listeners) listener();
	}
}
