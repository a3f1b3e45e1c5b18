import { expect, it } from 'vitest';
import { inTransfers } from '../../source/link/usb-bulk.ts';

const KiB = 1024;
const bytes = Buffer.from(Array.from({ length: 300 * KiB }, (_, index) => index % 251));

/** A kernel with memory for transfers of so many bytes, and what it was given. */
function kernel(room: number, code = 12) {
	const taken: Buffer[] = [];
	const send = inTransfers(async (some) => {
		if (some.length > room) throw new Error(`transferOut error: Unknown(${code})`);
		taken.push(some);
	});
	return { taken, send };
}

it('sends in one transfer what the kernel has the memory for', async () => {
	const { taken, send } = kernel(512 * KiB);
	await send(bytes);
	expect(taken).toEqual([bytes]);
});

it('sends in short transfers of whole packets, each byte once, where it has not', async () => {
	const { taken, send } = kernel(100 * KiB);
	await send(bytes);
	expect(taken.map(({ length }) => length / KiB)).toEqual([64, 64, 64, 64, 44]);
	expect(Buffer.concat(taken)).toEqual(bytes);
});

it('passes on what else goes wrong, and what goes wrong with short transfers too', async () => {
	await expect(kernel(100 * KiB, 5).send(bytes)).rejects.toThrow('Unknown(5)');
	await expect(kernel(10 * KiB).send(bytes)).rejects.toThrow('Unknown(12)');
});
