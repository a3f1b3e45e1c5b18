/**
 * The chip's own emergency loader: Sahara that wants a programmer, image by image, and no Sierra
 * commands. Sources: linux-msm/qdl sahara.c, bkerler/edl.
 */
import { encode, numberOf } from '../protocol/fields.ts';
import { saharaMessages, saharaModes, saharaStatus } from '../protocol/sahara.ts';
import type { Endpoint } from './endpoint.ts';
import { codeIn, readPacket } from './sahara-loader.ts';
import type { Tell } from './tell.ts';

const imageTransfer = codeIn(saharaModes, 'IMAGE_TX_PENDING');
/** The programmer's number, and the part of it that is asked for first: an ELF header. */
const programmer = { 'image id': 13, offset: 0, 'data length': 64 };

/** Wants a programmer until the host asked for a reset. */
export async function speakEdl(pipe: Endpoint, tell: Tell): Promise<void> {
	await pipe.write(encode(saharaMessages.hello, { mode: imageTransfer }));
	tell('the emergency loader said HELLO, mode 0');
	for (;;) {
		const packet = await readPacket(pipe);
		const mode = numberOf(packet?.fields ?? [], 'mode');
		if (packet?.message === saharaMessages.reset) {
			return pipe.write(encode(saharaMessages.resetResponse));
		}
		if (packet?.message === saharaMessages.helloResponse && mode === imageTransfer) {
			await pipe.write(encode(saharaMessages.readData, programmer));
			continue;
		}
		tell('the emergency loader refused what came');
		const status = codeIn(saharaStatus, packet ? 'INVALID_COMMAND' : 'INVALID_PACKET_SIZE');
		await pipe.write(encode(saharaMessages.endImage, { status }));
	}
}
