/** What crossed the port of the capstone's modem, and how it was given to the program. */
import { type Duplex, duplexPair } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { Backend, PortHandler } from '../../simulator/device/backend.ts';

export type Piece = {
	readonly dir: 'in' | 'out';
	readonly bytes: Buffer;
	/** Of the program: it came before the loader's packet, which is given in two reads, was whole. */
	readonly isEarly: boolean;
};

/** Seconds between the two halves of a packet. */
const between = 0.05;

export type Trace = {
	readonly pieces: Piece[];
	/** Seconds on the clock, of the last thing that happened. */
	last: number;
	isOpened: boolean;
	isClosed: boolean;
};

/** What the loader says, before it is given to the program. */
export type Change = (bytes: Buffer) => Buffer;

/** The same backend, with what crosses its ports kept in `trace`. */
export function tapped(backend: Backend, trace: Trace, clock: Clock, change: Change): Backend {
	return {
		unplug: () => backend.unplug(),
		plug: (device, ports) => {
			const taps = [...ports].map(
				([number, open]) => [number, tap(open, trace, clock, change)] as const,
			);
			return backend.plug(device, new Map(taps));
		},
	};
}

function tap(open: PortHandler, trace: Trace, clock: Clock, change: Change): PortHandler {
	return (program: Duplex) => {
		const [ours, loaders] = duplexPair();
		trace.isOpened = true;
		const happened = () => {
			trace.last = clock.now();
		};
		happened();
		program.on('data', (bytes: Buffer) => {
			trace.pieces.push({ dir: 'out', bytes, isEarly: due > 0 });
			happened();
			ours.write(bytes);
		});
		/** Bytes of the loader's packet that are not given yet. */
		let due = 0;
		let giving = Promise.resolve();
		ours.on('data', (bytes: Buffer) => {
			giving = giving.then(() => give(bytes));
		});
		const give = async (said: Buffer) => {
			const bytes = change(said);
			trace.pieces.push({ dir: 'in', bytes, isEarly: false });
			due = bytes.length;
			const half = bytes.length >> 1;
			for (const part of [bytes.subarray(0, half), bytes.subarray(half)]) {
				if (program.destroyed) return;
				program.write(part);
				due -= part.length;
				happened();
				await clock.sleep(between);
			}
		};
		for (const stream of [program, ours]) stream.on('error', () => {});
		program.once('close', () => {
			trace.isClosed = true;
			ours.destroy();
		});
		ours.once('close', () => program.destroy());
		open(loaders);
	};
}
