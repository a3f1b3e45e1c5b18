import type { FlashPhase } from '../../events.ts';
import { FileChanged } from '../../firmware/seal.ts';
import { LinkLost } from '../../link/link.ts';
import { WriteTimeout } from '../../link/write-timeout.ts';
import { exitCode, Problem } from '../../problem.ts';
import { flashAgain, halfWritten, partAccepted } from '../download/write-progress.ts';
import type { FlashContext } from '../model/context.ts';
import { FlashProgress } from '../model/progress.ts';

/** Follows the phases of a flash, so that a lost port is explained by where it was lost. */
export function phaseTracker(context: FlashContext) {
	const progress = new FlashProgress();
	/** Once begun, the modem is not as it was, whatever begins anew after it. */
	let wrote = false;
	const emit: FlashContext['emit'] = (source, fact) => {
		progress.add({ t: context.clock.now(), source, ...fact });
		wrote ||= fact.type === 'flash-phase' && fact.phase === 'write';
		context.emit(source, fact);
	};
	const stateOf = (name: FlashPhase) => progress.phases.find(({ phase }) => phase === name)?.state;
	/** The phase under way, if one is. */
	const running = () => progress.phases.find(({ state }) => state === 'running')?.phase;
	const explain = (error: unknown): Problem => {
		const { accepted, files, isBetweenFiles } = progress;
		if (error instanceof FileChanged && (wrote || isBetweenFiles)) {
			return new Problem(exitCode.failedDuringWrite, error.message, {
				modem: isBetweenFiles ? partAccepted({ accepted, of: files }) : halfWritten,
				next: `bring the whole file back; then ${context.again ?? flashAgain}`,
				cause: error,
			});
		}
		if (error instanceof Problem) return error;
		const why = error instanceof Error ? error.message : String(error);
		if (stateOf('commit') === 'done' && !isBetweenFiles) {
			return new Problem(exitCode.writtenButUnchecked, `${why}.`, {
				modem: 'The new firmware was written and accepted.',
				next: 'power cycle the modem if it does not start by itself, and read its version with ATI.',
				cause: error,
			});
		}
		const gone = error instanceof LinkLost && !(error instanceof WriteTimeout);
		const lost = gone ? `The port was lost: ${why}.` : `${why}.`;
		const next =
			context.again ?? 'wait for its boot loader, or power cycle it with TP1 low, and flash again.';
		return wrote || isBetweenFiles
			? new Problem(exitCode.failedDuringWrite, lost, {
					modem: isBetweenFiles ? partAccepted({ accepted, of: files }) : halfWritten,
					next,
					cause: error,
				})
			: new Problem(exitCode.noDevice, lost, {
					modem: 'Nothing was written.',
					next,
					cause: error,
				});
	};
	return { context: { ...context, emit }, running, explain };
}
