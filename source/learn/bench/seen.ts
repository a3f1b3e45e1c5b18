/** What a lesson is judged by: what the simulated modems did, and what crossed their ports. */
import type { TrafficFrame } from '../../recording/log/traffic.ts';

type Moment = { readonly t: number; readonly modem: number };

/** `does` is a line of the simulator's own log. */
export type Told = Moment & { readonly does: string };
export type Opened = Moment & { readonly port: string; readonly interface: number };
/** `ports` is how many interfaces it has: one for a loader; 0 when it went. */
export type Change = Moment & { readonly ports: number };
/** A verb that the learner typed, or let happen later. */
export type Act = Moment & { readonly verb: string };

export type Seen = {
	readonly now: number;
	readonly told: readonly Told[];
	readonly opened: readonly Opened[];
	readonly changes: readonly Change[];
	readonly acts: readonly Act[];
	readonly frames: readonly TrafficFrame[];
	/** Frames that the learner names as evidence, by number. */
	readonly cited: readonly number[];
	/** The same since the lesson began. */
	readonly whole: Omit<Seen, 'whole'>;
};

export const hasTold = ({ told }: Pick<Seen, 'told'>, does: string, modem?: number): boolean =>
	told.some((each) => each.does.includes(does) && (modem ?? each.modem) === each.modem);

export const toldOf = ({ told }: Pick<Seen, 'told'>, does: string): Told[] =>
	told.filter((each) => each.does.includes(does));

/** What loaders refused, a sentence each. */
export const refusals = (seen: Pick<Seen, 'told'>): string[] =>
	toldOf(seen, 'refused').map(({ does }) => `${does[0]?.toUpperCase()}${does.slice(1)}.`);

/** What to do where nothing else helps. */
export const startOver = 'Type "again" to start the lesson over.';

/** Each time that a loader got what it did not expect. */
export const spoilings = (seen: Pick<Seen, 'told'>): string[] => [
	...toldOf(seen, 'bytes that it did not expect').map(
		() =>
			`The loader got bytes that it did not expect: it is spoiled until its next reset. ${startOver}`,
	),
	...toldOf(seen, 'came too soon').map(
		() => `HELLO_RSP came within 2 s of the opening: the loader is spoiled. ${startOver}`,
	),
];

/** Why a loader takes no command any more: it got junk, and had no reset since. */
export function spoiled({ whole }: Pick<Seen, 'whole'>, modem = 0): string | undefined {
	const gone = whole.changes.findLast((each) => each.modem === modem && each.ports === 0)?.t ?? 0;
	const since = whole.told.filter((each) => each.modem === modem && each.t >= gone);
	return spoilings({ told: since }).at(-1);
}

/** Why no loader is there to speak to: a reset or the power started the application of the only modem. */
export const leftLoader = ({ whole }: Pick<Seen, 'whole'>): string | undefined =>
	(whole.changes.at(-1)?.ports ?? 0) > 1
		? `The application runs now, and the loader is gone. ${startOver}`
		: undefined;

export const lostLoader = (seen: Pick<Seen, 'whole'>): string | undefined =>
	leftLoader(seen) ?? spoiled(seen);
