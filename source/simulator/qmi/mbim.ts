import {
	answerCommand,
	answerTo,
	commandOf,
	type MbimMessage,
	mbimTypes,
	readMbim,
	sayCommand,
	sayShort,
} from '../../protocol/qmi/mbim.ts';
import type { Facts } from '../at/answers.ts';
import type { Endpoint } from '../device/endpoint.ts';
import { basicConnect } from './basic-connect.ts';
import type { QmiPipe } from './port.ts';

/** MBIM 1.0, table 9-8. */
const statuses = { success: 0, noDeviceSupport: 9, notOpened: 16 } as const;

/**
 * QMI inside MBIM: what the modem reads are the QMUX frames in COMMANDs, and it answers with the
 * same. What it is asked of MBIM's own it answers by itself.
 */
export function insideMbim(pipe: Endpoint, facts: () => Facts): QmiPipe {
	const answerOwn = basicConnect(facts);
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
					const answer = answerOwn({ ...commandOf(raw), information });
					const status = answer ? statuses.success : statuses.noDeviceSupport;
					await pipe.write(
						isOpen ? answerCommand(raw, status, answer) : answerCommand(raw, statuses.notOpened),
					);
				}
			}
		},
		write: (answer) => pipe.write(sayCommand(asked, answer, 0)),
	};
}
