/** The flash memory behind a maker's programmer, in the memory of the rehearsal. */
import type { FirehoseElement } from '../../protocol/firehose/firehose.ts';
import type { FirehoseFlash } from './firehose-loader.ts';
import type { LoaderWorld } from './loader-world.ts';

type Attributes = FirehoseElement['attributes'];

/** Bytes in one sector, how many there are, and what the programmer calls it. */
export const storages = {
	emmc: { sector: 512, disk: 16_384, names: { MemoryName: 'eMMC', TargetName: 'MSM8916' } },
	nand: { sector: 4096, disk: 16_384, names: { MemoryName: 'nand', TargetName: 'MDM9x07' } },
} as const;
type Storage = (typeof storages)[keyof typeof storages];

export class PartitionStore {
	readonly sectors = new Map<number, Buffer>();
	readonly storage: Storage;

	constructor(kind: keyof typeof storages) {
		this.storage = storages[kind];
	}

	/** What may be said against a place; undefined when it is on the disk. */
	refusal({ SECTOR_SIZE_IN_BYTES, num_partition_sectors, ...at }: Attributes): string | undefined {
		const { sector, disk } = this.storage;
		if (Number(SECTOR_SIZE_IN_BYTES) !== sector) return `sectors have ${sector} bytes`;
		const [start, count] = [this.#startOf(at), Number(num_partition_sectors ?? 1)];
		const inside = Number.isSafeInteger(start + count) && start >= 0 && count > 0;
		return inside && start + count <= disk ? undefined : `there are ${disk} sectors`;
	}

	erase({ num_partition_sectors, ...at }: Attributes): void {
		const start = this.#startOf(at);
		for (let n = 0; n < Number(num_partition_sectors); n++) this.sectors.delete(start + n);
	}

	/** Takes the bytes of a place as they come, and keeps whole sectors. */
	async write(at: Attributes, bytes: AsyncIterable<Buffer>): Promise<void> {
		const { sector } = this.storage;
		let next = this.#startOf(at);
		let held: Buffer = Buffer.alloc(0);
		for await (const piece of bytes) {
			held = Buffer.concat([held, piece]);
			for (; held.length >= sector; held = held.subarray(sector)) {
				this.sectors.set(next++, Buffer.from(held.subarray(0, sector)));
			}
		}
	}

	patch(at: Attributes): void {
		const page = this.sectors.get(this.#startOf(at)) ?? Buffer.alloc(this.storage.sector);
		const value = Buffer.alloc(8);
		value.writeBigUInt64LE(BigInt(this.#sectorIn(at.value ?? '')));
		value.copy(page, Number(at.byte_offset), 0, Number(at.size_in_bytes));
		this.sectors.set(this.#startOf(at), page);
	}

	/** A chip starts from the partition table in its first sector. */
	get starts(): boolean {
		return this.sectors.has(0);
	}

	#startOf({ start_sector: start = '' }: Attributes): number {
		return this.#sectorIn(start);
	}

	#sectorIn(text: string): number {
		const back = /^NUM_DISK_SECTORS-(\d+)\.?$/.exec(text)?.[1];
		return back === undefined ? Number(text) : this.storage.disk - Number(back);
	}
}

/** A maker's programmer: every sector is written where it is said to go, and nothing is judged. */
export const programmerFlash = (store: PartitionStore, world: LoaderWorld): FirehoseFlash => ({
	sector: store.storage.sector,
	names: store.storage.names,
	info: [
		`SECTOR_SIZE_IN_BYTES=${store.storage.sector}`,
		`num_physical_sectors=${store.storage.disk}`,
	],
	refuses: (at) => store.refusal(at),
	program: async (at, bytes) => {
		world.committing();
		await store.write(at, bytes);
		if (world.traits.refusesImages !== undefined) return 'the sectors cannot be written';
		// As it begins with its boot loader, it starts from now on.
		if (store.starts) world.accepted(world.model.released);
		return undefined;
	},
	verbs: {
		erase: (at) => {
			const refusal = store.refusal(at);
			if (refusal === undefined) store.erase(at);
			return refusal;
		},
		patch: (at) => {
			const refusal = store.refusal({ ...at, num_partition_sectors: '1' });
			if (refusal === undefined) store.patch(at);
			return refusal;
		},
	},
});
