/** A flash in words and rows: its phases, what silence means, what stopping would leave behind. */
import { type FlashPhase, versionless } from '../../../events.ts';
import type { FlashProgress } from '../../../flash/model/progress.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Appearance } from '../../text/appearance.ts';
import { counter, megabytes } from '../../text/format.ts';
import { widthOf } from '../../text/lines.ts';

const titles: Readonly<Record<FlashPhase, string>> = {
	connect: 'Connect',
	sahara: 'Sahara',
	configure: 'Configure',
	write: 'Write',
	commit: 'Commit',
	reboot: 'Reboot',
	check: 'Check',
};

type Flash = {
	readonly model: string;
	readonly from?: string | undefined;
	readonly to: string;
};

/** The version before and after, where the files tell it. */
export function versionsOf({ symbols }: Appearance, { from = 'unknown', to }: Flash): string {
	if (to === versionless) return 'partitions do not tell their version';
	return `${sanitize(from)} ${symbols.arrow} ${sanitize(to)}`;
}

/** The modem for a person: in EDL a chip has no name but its ids. */
export const modemIn = ({ model, to }: Flash): string =>
	to === versionless && /^[\da-f]{4}:[\da-f]{4}$/i.test(model)
		? `a chip in EDL (${model.toLowerCase()})`
		: model;

/** What happens in a phase, for the person who waits. */
export const phaseSays: Readonly<Record<FlashPhase, string>> = {
	connect:
		'Listening for the boot loader’s HELLO; nothing is sent before it, unless it speaks QDL.',
	sahara: 'Asking the boot loader to change to Firehose.',
	configure: 'Agreeing on the memory and on the size of a packet.',
	write: 'The modem receives the file into its RAM. The commit writes its flash memory.',
	commit:
		'The modem checks the file and writes its flash memory. Silence is normal here, for 30-120 s; after 300 s it counts as failed. Do not unplug it.',
	reboot: 'The modem restarts. Its port goes away and comes back; that is expected.',
	check: 'Reading the version back, and watching that the application stays up.',
};

/** `1 Connect ✓  2 Sahara ▶ …` */
export function phaseRow(
	{ paint, symbols }: Appearance,
	flash: FlashProgress,
	width: number,
): string {
	const steps = flash.phases.map(({ phase, state }, index) => {
		const title = `${index + 1} ${titles[phase]}`;
		if (state === 'done') return `${title} ${paint.good(symbols.done)}`;
		if (state === 'failed') return paint.bad(`${title} ${symbols.failed}`);
		return state === 'running' ? paint.strong(`${title} ${symbols.running}`) : paint.dim(title);
	});
	const named = ['   ', ' '].map((gap) => ` ${steps.join(gap)}`);
	const short = flash.phases.map(({ state }, index) => {
		if (state === 'done') return `${index + 1}${paint.good(symbols.done)}`;
		return state === 'waiting' ? paint.dim(String(index + 1)) : steps[index]!;
	});
	return [...named, ` ${short.join('  ')}`].find((row) => widthOf(row) <= width) ?? named[1]!;
}

/** Rate, elapsed time and what is left, which says nothing that it cannot know. */
export function paceRow(flash: FlashProgress, now: number, width: number): string {
	const { started, ended, current, total } = flash;
	if (!started) return '';
	const elapsed = `elapsed ${counter((ended?.t ?? now) - started.t)}`;
	if (ended) return ` ${elapsed}`;
	const rate = flash.rate(now);
	if (current?.phase === 'write' && total > 0) {
		const seconds = flash.secondsLeft(now);
		const left = seconds === undefined ? 'left unknown' : `left ~${counter(seconds)}`;
		const pace = ` ${megabytes(rate)}/s   ${elapsed}   ${left}`;
		return longest(`${pace}, then commit 30-120 s with no progress`, `${pace}, then commit`, width);
	}
	if (current?.phase === 'commit' && current.since !== undefined) {
		const pace = ` ${elapsed}   commit for ${counter(now - current.since)}`;
		return longest(
			`${pace}, usually 30-120 s with no progress`,
			`${pace}, usually 30-120 s`,
			width,
		);
	}
	return ` ${elapsed}`;
}

const longest = (long: string, short: string, width: number) =>
	widthOf(long) <= width ? long : short;
