import type { Model } from '../../modems/simulated.ts';
import { diagMessages } from '../../protocol/dload/diag.ts';
import { dloadMessages } from '../../protocol/dload/dload.ts';
import { encode } from '../../protocol/fields.ts';
import { frame, frameLength, unframe } from '../../protocol/framing/hdlc.ts';
import type { Endpoint } from './endpoint.ts';

const flag = 0x7e;
/** A frame that is longer than this without its end is given up, bytes. */
const longestFrame = 4096;

/**
 * By this ModemManager knows the port (libqcdm dm-commands.h, DMCmdVersionInfoRsp): when it was built
 * and released, the model's number, and seven bytes more.
 */
const versionOf = ({ name }: Model) => {
	const built = ['Mar 21 2022', '03:47:54'];
	const contents = [...built, ...built, name.slice(0, 8).padEnd(8), '\0'.repeat(8)].join('');
	return encode(diagMessages.version, {
		contents: Buffer.from(contents, 'latin1').toString('hex'),
	});
};

/**
 * Tells its version, and answers every other frame with BAD_CMD and the message itself, as a DIAG port
 * answers what it does not know (ModemManager libqcdm). Bytes outside a frame are passed over.
 */
export async function answerDiag(pipe: Endpoint, model: Model): Promise<never> {
	const version = versionOf(model);
	let bytes = Buffer.alloc(0);
	for (;;) {
		bytes = Buffer.concat([bytes, (await pipe.read())!]);
		for (;;) {
			const start = bytes.indexOf(flag);
			bytes = bytes.subarray(start < 0 ? bytes.length : start);
			const length = frameLength(bytes);
			if (length === undefined) break;
			const { payload, problem } = unframe(bytes.subarray(0, length));
			// The closing flag of bytes that were no frame may open the next one.
			bytes = bytes.subarray(problem === undefined ? length : length - 1);
			if (problem !== undefined) continue;
			const refusal = Buffer.concat([encode(dloadMessages.diagBadCommand), payload]);
			const isVersion = payload.length === 1 && payload[0] === version[0];
			await pipe.write(frame(isVersion ? version : refusal));
		}
		if (bytes.length > longestFrame) bytes = Buffer.alloc(0);
	}
}
