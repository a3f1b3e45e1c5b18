/** The table of memory regions that a loader offers with MEMORY_DEBUG. Sources: linux-msm/qdl, edl. */
import { layOut, type Message, message, text, u32, u64 } from '../fields.ts';

/** What MEMORY_READ of the table brings: entries of 52 bytes, or of 64 in a 64-bit dump. */
export const memoryTable = memoryTableOf(u32);
export const memoryTable64 = memoryTableOf(u64);

function memoryTableOf(word: typeof u32): Message {
	const each = layOut('little', [
		word('save', 'Whether this region is worth saving.'),
		word('base', 'Where the region starts.'),
		word('size', 'Bytes in the region.'),
		text('region', 20, 'What the region is.'),
		text('file', 20, 'The file name that the loader proposes.'),
	]);
	return message(
		{
			protocol: 'Sahara',
			name: word === u32 ? 'memory table' : 'memory table of 64 bits',
			sender: 'modem',
			description: 'The regions of memory that can be dumped; each is read with MEMORY_READ.',
			rest: { name: 'further', description: 'Bytes that are no whole entry.', each },
		},
		[],
	);
}
