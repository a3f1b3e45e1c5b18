import { cweCrc } from '../../firmware/cwe/crc.ts';
import { cweHeader, headerLength, psbLength } from '../../firmware/cwe/header.ts';
import { readHeader } from '../../firmware/cwe/image-tree.ts';
import { imageType } from '../../firmware/cwe/image-types.ts';
import type { Frame } from '../../protocol/decode/conversation.ts';
import { numberOf } from '../../protocol/fields.ts';

/** The header of a firmware image, which bytes cut out of a file may begin with. */
export function cweFrame(bytes: Buffer): Frame | undefined {
	const head = bytes.subarray(0, headerLength);
	const found = readHeader(head);
	if ('why' in found) return undefined;
	const { header, fields } = found;
	const type = imageType(header.type);
	const isRight = cweCrc(head.subarray(0, psbLength)) === numberOf(fields, 'psb crc');
	if (!type || !isRight) return undefined;
	const { name, protocol, description } = cweHeader(header.revision);
	const psbCrc = header.psbCrc.toString(16).padStart(8, '0');
	return {
		t: 0,
		dir: 'out',
		bytes: head,
		protocol,
		name: `${name} ${header.type} ${header.product}`,
		description: `${description} ${type.says}; ${header.size} bytes follow it in the file.`,
		fields: [...fields],
		certainty: 'certain',
		because: `${headerLength} bytes, type ${header.type}, and the PSB CRC ${psbCrc} is right`,
		sender: 'host',
	};
}
