import type { Clock } from '../clock.ts';
import { type Link, LinkLost } from '../link/link.ts';
import { exitCode, Problem } from '../problem.ts';
import {
	longestMbim,
	type MbimMessage,
	mbimTypes,
	readMbim,
	sayCommand,
	sayShort,
} from '../protocol/qmi/mbim.ts';

/** Seconds: libmbim gives OPEN and CLOSE as long. */
const openWait = 10;
const closeWait = 2;

/** A link that carries QMUX frames over one that speaks MBIM. Throws a Problem when that does not open. */
export async function openMbim(link: Link, clock: Clock): Promise<Link> {
	let transaction = 1;
	let held: Buffer = Buffer.alloc(0);
	let pieces: Buffer[] = [];
	const back: Buffer[] = [];

	const next = async (deadline: number, signal?: AbortSignal): Promise<MbimMessage | undefined> => {
		for (;;) {
			const found = readMbim(held);
			if (found) {
				held = held.subarray(found.length);
				return found;
			}
			const more = await link.read(Math.max(0, deadline - clock.now()), signal);
			if (!more) return undefined;
			held = Buffer.concat([held, more]);
		}
	};
	const until = async (kind: MbimMessage['kind'], seconds: number) => {
		const deadline = clock.now() + seconds;
		for (;;) {
			const found = await next(deadline);
			if (!found || found.kind === kind) return found;
		}
	};

	await link.write(sayShort(mbimTypes.open, transaction++, longestMbim));
	const opened = await until('opened', openWait);
	if (opened?.status !== 0) {
		const why = opened ? `it answered OPEN with status ${opened.status}` : 'it did not answer OPEN';
		throw new Problem(exitCode.noDevice, `The modem speaks no MBIM: ${why}.`);
	}
	return {
		...link,
		write: (bytes) => link.write(sayCommand(transaction++, bytes)),
		unread: (bytes) => void back.unshift(Buffer.from(bytes)),
		read: async (seconds, signal) => {
			const before = back.shift();
			if (before) return before;
			const deadline = clock.now() + seconds;
			for (;;) {
				const found = await next(deadline, signal);
				if (!found) return undefined;
				if (found.kind !== 'answer') continue;
				pieces = found.fragment === 0 ? [found.information] : [...pieces, found.information];
				if (found.fragment + 1 < found.fragments) continue;
				const whole = Buffer.concat(pieces);
				if (whole.length > 0) return whole;
			}
		},
		close: async () => {
			await link
				.write(sayShort(mbimTypes.close, transaction++))
				.then(() => until('closed', closeWait))
				.catch((error: unknown) => {
					if (!(error instanceof LinkLost)) throw error;
				});
			await link.close();
		},
	};
}
