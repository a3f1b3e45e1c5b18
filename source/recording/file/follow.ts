import { statSync, watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Event, Header } from '../../events.ts';
import { parseHeader } from '../log/record.ts';
import { type Line, LineSplitter } from './lines.ts';
import { eventOf, notARecording, sizeOfFile, unreadable } from './reader.ts';

/** Wall milliseconds between two looks when nothing wakes us: network folders send no changes. */
const pollEvery = 500;
/** At least so many between two: a flash writes a line for each piece, and a look takes of its processor. */
const lookEvery = 50;

/**
 * Reads a recording that may still grow: what is there, then what comes, each line when it is
 * whole. Lines that are no events become notes. Ends when `signal` aborts or the file is removed;
 * throws `Problem` when it is no recording.
 */
export async function followRecording(
	path: string,
	onHeader: (header: Header) => void,
	onEvent: (event: Event) => void,
	signal: AbortSignal,
): Promise<void> {
	await sizeOfFile(path);
	const file = await open(path).catch((error) => {
		throw unreadable(path, error);
	});
	const sleeper = createSleeper(path, signal);
	const take = lineTaker(path, onHeader, onEvent);
	const splitter = new LineSplitter();
	const chunk = Buffer.alloc(64 * 1024);
	let position = 0;
	try {
		while (!signal.aborted) {
			const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
			position += bytesRead;
			for (const line of splitter.push(chunk.subarray(0, bytesRead))) {
				if (signal.aborted) return;
				take(line);
			}
			if (bytesRead === chunk.length) continue;
			if (bytesRead === 0 && (await isRemoved(file))) return;
			await sleeper.sleep();
		}
	} finally {
		sleeper.stop();
		await file.close();
	}
}

/** Whether it holds its header at least: the disk takes it. */
export const isBegun = (path: string): boolean =>
	(statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;

const isRemoved = async (file: FileHandle) => (await file.stat()).nlink === 0;

function lineTaker(
	path: string,
	onHeader: (header: Header) => void,
	onEvent: (event: Event) => void,
): (line: Line) => void {
	let hasHeader = false;
	let t = 0;
	return (line) => {
		if (!hasHeader) {
			const parsed = parseHeader(line.text);
			if ('why' in parsed) throw notARecording(path, parsed.why);
			hasHeader = true;
			return onHeader(parsed.value);
		}
		const event = eventOf(line, (text) => onEvent({ t, source: 'log', type: 'note', text }));
		if (!event) return;
		t = event.t;
		onEvent(event);
	};
}

/** Sleeps until the file changes and a look is due, the poll is due, or `signal` aborts. */
function createSleeper(path: string, signal: AbortSignal) {
	let wake: (() => void) | undefined;
	let changed = false;
	let woke = 0;
	const change = () => {
		changed = true;
		wake?.();
	};
	signal.addEventListener('abort', change);
	const watcher = watchIfPossible(path, change);
	return {
		sleep: async () => {
			if (!changed) {
				await new Promise<void>((resolve) => {
					const timer = setTimeout(resolve, pollEvery);
					wake = () => {
						clearTimeout(timer);
						resolve();
					};
				});
			}
			wake = undefined;
			const rest = woke + lookEvery - performance.now();
			if (rest > 0) await wait(rest, undefined, { signal }).catch(() => {});
			woke = performance.now();
			changed = signal.aborted;
		},
		stop: () => {
			signal.removeEventListener('abort', change);
			watcher?.close();
		},
	};
}

/** Watches are a limited good (inotify instances): undefined where there is none. */
export function watchIfPossible(path: string, change: () => void) {
	try {
		const watcher = watch(path, change);
		watcher.on('error', () => watcher.close());
		return watcher;
	} catch {
		return undefined;
	}
}
