import {
	answerTo,
	type MbimMessage,
	mbimTypes,
	readMbim,
	sayCommand,
	sayShort,
} from '../../protocol/qmi/mbim.ts';
import type { Endpoint } from '../device/endpoint.ts';
import type { QmiPipe } from './port.ts';

const notOpened = 16;

/** QMI inside MBIM: what the modem reads are the QMUX frames in COMMANDs, and it answers with the same. */
export function insideMbim(pipe: Endpoint): QmiPipe {
	let bytes: Buffer = Buffer.alloc(0);
	let isOpen = false;
	let asked = 0;
	const next = async (): Promise<MbimMessage> => {
		for (;;) {
			const found = readMbim(bytes);
			if (found) {
				bytes = bytes.subarray(found.length);
				return found;
			}
			bytes = Buffer.concat([bytes, (await pipe.read())!]);
		}
	};
	return {
		read: async () => {
			for (;;) {
				const { kind, transaction, information } = await next();
				if (kind === 'open' || kind === 'close') {
					isOpen = kind === 'open';
					await pipe.write(sayShort(answerTo(mbimTypes[kind]), transaction, 0));
				} else if (kind === 'command') {
					asked = transaction;
					if (isOpen) return information;
					await pipe.write(sayCommand(transaction, Buffer.alloc(0), notOpened));
				}
			}
		},
		write: (answer) => pipe.write(sayCommand(asked, answer, 0)),
	};
}
