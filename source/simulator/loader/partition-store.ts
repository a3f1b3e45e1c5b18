/** The flash memory behind a maker's programmer, in the memory of the rehearsal. */
import type { FirehoseElement } from '../../protocol/firehose/firehose.ts';
import type { FirehoseFlash } from './firehose-loader.ts';
import type { LoaderWorld } from './loader-world.ts';

type Attributes = FirehoseElement['attributes'];

/** Bytes in one sector, and how many there are: a small eMMC. */
const sector = 512;
const disk = 16_384;

export class PartitionStore {
	readonly sectors = new Map<number, Buffer>();

	/** What may be said against a place; undefined when it is on the disk. */
	refusal({ SECTOR_SIZE_IN_BYTES, num_partition_sectors, ...at }: Attributes): string | undefined {
		if (Number(SECTOR_SIZE_IN_BYTES) !== sector) return `sectors have ${sector} bytes`;
		const [start, count] = [startOf(at), Number(num_partition_sectors ?? 1)];
		const inside = Number.isSafeInteger(start + count) && start >= 0 && count > 0;
		return inside && start + count <= disk ? undefined : `there are ${disk} sectors`;
	}

	erase({ num_partition_sectors, ...at }: Attributes): void {
		const start = startOf(at);
		for (let n = 0; n < Number(num_partition_sectors); n++) this.sectors.delete(start + n);
	}

	/** Takes the bytes of a place as they come, and keeps whole sectors. */
	async write(at: Attributes, bytes: AsyncIterable<Buffer>): Promise<void> {
		let next = startOf(at);
		let held: Buffer = Buffer.alloc(0);
		for await (const piece of bytes) {
			held = Buffer.concat([held, piece]);
			for (; held.length >= sector; held = held.subarray(sector)) {
				this.sectors.set(next++, Buffer.from(held.subarray(0, sector)));
			}
		}
	}

	patch(at: Attributes): void {
		const page = this.sectors.get(startOf(at)) ?? Buffer.alloc(sector);
		const value = Buffer.alloc(8);
		value.writeBigUInt64LE(BigInt(sectorIn(at.value ?? '')));
		value.copy(page, Number(at.byte_offset), 0, Number(at.size_in_bytes));
		this.sectors.set(startOf(at), page);
	}

	/** A chip starts from the partition table in its first sector. */
	get starts(): boolean {
		return this.sectors.has(0);
	}
}

const startOf = ({ start_sector: start = '' }: Attributes) => sectorIn(start);

function sectorIn(text: string): number {
	const back = /^NUM_DISK_SECTORS-(\d+)\.?$/.exec(text)?.[1];
	return back === undefined ? Number(text) : disk - Number(back);
}

/** A maker's programmer: every sector is written where it is said to go, and nothing is judged. */
export const programmerFlash = (store: PartitionStore, world: LoaderWorld): FirehoseFlash => ({
	sector,
	names: { MemoryName: 'eMMC', TargetName: 'MSM8916' },
	info: [`SECTOR_SIZE_IN_BYTES=${sector}`, `num_physical_sectors=${disk}`],
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
