import type { UsbDevice } from '../../events.ts';
import { modelBefore, modelName, modelOf } from '../../usb/device/model.ts';
import type { WatchedModem } from '../control/control-context.ts';
import { listRecordings } from '../files.ts';
import type { ReadModels } from '../read-models.ts';
import type { ListedFile, SessionModels } from '../session.ts';

/** What every session shows in the same way: its models, the modem looked at, and who hears of changes. */
export abstract class BaseSession implements SessionModels, WatchedModem {
	readonly #listeners = new Set<() => void>();
	#chosen: string | undefined;

	protected abstract get models(): ReadModels;
	abstract get devices(): ReadonlyMap<string, UsbDevice>;
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
	get ghost() {
		return this.models.ghost;
	}
	get remarks() {
		return this.models.remarks;
	}
	get findings() {
		return this.models.findings;
	}
	get currentFindings() {
		return this.models.currentFindings;
	}
	get lanes() {
		return this.models.lanes;
	}
	get revision() {
		return this.models.revision;
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
		return device ? (this.namedModel ?? modelOf(device)) : this.flash.started?.model;
	}
	/** The model by its name, which a loader may not say: then what this port showed before. */
	get namedModel(): string | undefined {
		const device = this.lastSeen;
		if (!device || this.path === undefined) return undefined;
		const spans = this.timeline.port(this.path, this.now())?.spans ?? [];
		return (
			modelName(device) ??
			modelBefore(
				device,
				spans.map((span) => span.device),
			)
		);
	}
	get device(): UsbDevice | undefined {
		return this.path === undefined ? undefined : this.devices.get(this.path);
	}
	get lastSeen(): UsbDevice | undefined {
		const life = this.path === undefined ? undefined : this.timeline.port(this.path, this.now());
		return this.device ?? life?.spans.at(-1)?.device;
	}

	recordings(): Promise<ListedFile[]> {
		return listRecordings();
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
	protected changed(): void {
		for (const listener of this.#listeners) listener();
	}
}
