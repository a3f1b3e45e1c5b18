/** What happened side by side, on one time axis: a sign a column, for each kind of thing. */
import type { Event, FlashPhase } from '../events.ts';
import type { TrafficFrame } from '../recording/log/traffic.ts';
import { kernelError } from '../usb/scan/kernel-log.ts';
import type { SessionModels } from './session.ts';

/** `columns` columns of `step` seconds each, from `first` on. */
export type LaneWindow = {
	readonly first: number;
	readonly step: number;
	readonly columns: number;
};

export type Lane = {
	readonly name: 'kernel' | 'ports' | 'AT' | 'protocol' | 'phase';
	/** As long as there are columns; a blank where nothing was. */
	readonly signs: string;
	/** Nobody listened to it. */
	readonly unheard?: boolean;
};

export const laneCount = 5;

/** Where two share a column, the one that stands first here is seen. */
const order = '!xe*ock=<>-';

export function lanesOf(
	{ log, traffic }: Pick<SessionModels, 'log' | 'traffic'>,
	window: LaneWindow,
): readonly Lane[] {
	const { first, step, columns } = window;
	const end = first + step * columns;
	const rows = {
		kernel: new Row(window),
		ports: new Row(window),
		AT: new Row(window),
		protocol: new Row(window),
	};
	let unheard = true;
	const open = new Map<string, number>();
	const phases: { phase: FlashPhase; from: number; to?: number; failed: boolean }[] = [];
	const close = (port: string, t: number) => {
		const from = open.get(port);
		if (from !== undefined) rows.ports.fill('-', from, t);
		open.delete(port);
	};
	// A port or a phase may have begun long before the first column.
	for (const event of log) {
		if (event.t >= end) break;
		const { t } = event;
		switch (event.type) {
			case 'note':
				if (event.source === 'log') unheard = false;
				if (kernelError.test(event.text)) rows.kernel.put('!', t);
				break;
			case 'port-opened':
				open.set(event.port, t);
				rows.ports.put('o', t);
				break;
			case 'port-closed':
			case 'port-lost':
				close(event.port, t);
				rows.ports.put(event.type === 'port-lost' ? 'x' : 'c', t);
				break;
			case 'flash-phase': {
				let one = phases.findLast(({ phase, to }) => phase === event.phase && to === undefined);
				if (!one) {
					one = { phase: event.phase, from: t, failed: false };
					phases.push(one);
				}
				if (event.state !== 'running') one.to = t;
				one.failed = event.state === 'failed';
				break;
			}
			case 'flash-ended':
				for (const one of phases) one.to ??= t;
				break;
			default: {
				const sign = atSign(event);
				if (sign !== undefined) rows.AT.put(sign, t);
			}
		}
	}
	for (const port of [...open.keys()]) close(port, end);
	for (const frame of framesIn(traffic.frames, first, end)) {
		if (frame.protocol !== 'AT') rows.protocol.put(frameSign(frame), frame.t);
	}
	const phase = new Row(window);
	for (const { phase: name, from, to = end, failed } of phases) {
		phase.write(name, from, to);
		if (failed) phase.put('!', to);
	}
	return [
		{ name: 'kernel', signs: rows.kernel.text, unheard },
		{ name: 'ports', signs: rows.ports.text },
		{ name: 'AT', signs: rows.AT.text },
		{ name: 'protocol', signs: rows.protocol.text },
		{ name: 'phase', signs: phase.text },
	];
}

function atSign(event: Event): string | undefined {
	switch (event.type) {
		case 'at-sent':
			return '>';
		case 'at-answered':
			return event.result === 'OK' ? 'k' : 'e';
		case 'at-unsolicited':
			return '<';
		case 'fired':
			return '*';
		default:
			return undefined;
	}
}

function frameSign({ dir, payload, problem }: TrafficFrame): string {
	if (problem !== undefined) return '!';
	if (payload) return '=';
	return dir === 'in' ? '<' : '>';
}

/** Frames are in the order of their times. */
function framesIn(frames: readonly TrafficFrame[], from: number, to: number) {
	let low = 0;
	let high = frames.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (frames[middle]!.t < from) low = middle + 1;
		else high = middle;
	}
	const after = frames.findIndex(({ t }, index) => index >= low && t >= to);
	return frames.slice(low, after < 0 ? undefined : after);
}

class Row {
	readonly #window: LaneWindow;
	readonly #signs: string[];

	constructor(window: LaneWindow) {
		this.#window = window;
		this.#signs = new Array<string>(window.columns).fill(' ');
	}

	get text(): string {
		return this.#signs.join('');
	}

	put(sign: string, t: number): void {
		this.#set(this.#column(t), sign);
	}

	fill(sign: string, from: number, to: number): void {
		const last = Math.min(this.#column(to), this.#window.columns - 1);
		for (let column = Math.max(0, this.#column(from)); column <= last; column++) {
			this.#set(column, sign);
		}
	}

	/** A word where something began, and a line as long as it went on. */
	write(word: string, from: number, to: number): void {
		const begin = this.#column(from);
		const last = Math.min(this.#column(to), this.#window.columns - 1);
		for (let column = Math.max(0, begin); column <= last; column++) {
			this.#signs[column] = word[column - begin] ?? '-';
		}
	}

	#column(t: number): number {
		return Math.floor((t - this.#window.first) / this.#window.step);
	}

	#set(column: number, sign: string): void {
		const there = this.#signs[column];
		if (there === undefined) return;
		if (there === ' ' || order.indexOf(sign) < order.indexOf(there)) this.#signs[column] = sign;
	}
}
