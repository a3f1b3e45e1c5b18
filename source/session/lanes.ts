/** What happened side by side, on one time axis: a sign a column, for each kind of thing. */
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
	{ lanes }: Pick<SessionModels, 'lanes'>,
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
	const open = new Map<string, number>();
	const phases: { phase: string; from: number; to?: number; failed: boolean }[] = [];
	const close = (port: string, t: number) => {
		const from = open.get(port);
		if (from !== undefined) rows.ports.fill('-', from, t);
		open.delete(port);
	};
	// A port or a phase may have begun long before the first column.
	for (const { t, kind, of } of lanes.around.between(Number.NEGATIVE_INFINITY, end)) {
		switch (kind) {
			case 'kernel-error':
				rows.kernel.put('!', t);
				break;
			case 'port-opened':
				open.set(of, t);
				rows.ports.put('o', t);
				break;
			case 'port-closed':
			case 'port-lost':
				close(of, t);
				rows.ports.put(kind === 'port-lost' ? 'x' : 'c', t);
				break;
			case 'phase-running':
			case 'phase-done':
			case 'phase-failed': {
				let one = phases.findLast(({ phase, to }) => phase === of && to === undefined);
				if (!one) {
					one = { phase: of, from: t, failed: false };
					phases.push(one);
				}
				if (kind !== 'phase-running') one.to = t;
				one.failed = kind === 'phase-failed';
				break;
			}
			case 'flash-ended':
				for (const one of phases) one.to ??= t;
				break;
		}
		// What is over before the first column is not seen.
		if (phases[0]?.to !== undefined && phases[0].to < first) phases.shift();
	}
	for (const port of [...open.keys()]) close(port, end);
	for (const { t, of } of lanes.at.between(first, end)) rows.AT.put(of, t);
	for (const { t, of } of lanes.protocol.between(first, end)) rows.protocol.put(of, t);
	const phase = new Row(window);
	for (const { phase: name, from, to = end, failed } of phases) {
		phase.write(name, from, to);
		if (failed) phase.put('!', to);
	}
	return [
		{ name: 'kernel', signs: rows.kernel.text, unheard: !lanes.isHeard },
		{ name: 'ports', signs: rows.ports.text },
		{ name: 'AT', signs: rows.AT.text },
		{ name: 'protocol', signs: rows.protocol.text },
		{ name: 'phase', signs: phase.text },
	];
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
