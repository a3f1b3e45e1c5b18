import {
	answerTo,
	type MbimMessage,
	mbimTypes,
	readMbim,
	refuseCommand,
	sayCommand,
	sayShort,
} from '../../protocol/qmi/mbim.ts';
import type { Endpoint } from '../device/endpoint.ts';
import type { QmiPipe } from './port.ts';

/** MBIM 1.0, table 9-8. */
const statuses = { noDeviceSupport: 9, notOpened: 16 } as const;

/** QMI inside MBIM: what the modem reads are the QMUX frames in COMMANDs, and it answers with the same. */
export function insideMbim(pipe: Endpoint): QmiPipe {
	let bytes: Buffer = Buffer.alloc(0);
	let isOpen = false;
	let asked = 0;
	const next = async (): Promise<MbimMessage & { readonly raw: Buffer }> => {
		for (;;) {
			const found = readMbim(bytes);
			if (found) {
				const raw = bytes.subarray(0, found.length);
				bytes = bytes.subarray(found.length);
				return { ...found, raw };
			}
			bytes = Buffer.concat([bytes, (await pipe.read())!]);
		}
	};
	return {
		read: async () => {
			for (;;) {
				const { kind, transaction, information, isQmi, raw } = await next();
				if (kind === 'open' || kind === 'close') {
					isOpen = kind === 'open';
					await pipe.write(sayShort(answerTo(mbimTypes[kind]), transaction, 0));
				} else if (kind === 'command') {
					asked = transaction;
					if (isOpen && isQmi) return information;
					const status = isOpen ? statuses.noDeviceSupport : statuses.notOpened;
					await pipe.write(refuseCommand(raw, status));
				}
			}
		},
		write: (answer) => pipe.write(sayCommand(asked, answer, 0)),
	};
}
