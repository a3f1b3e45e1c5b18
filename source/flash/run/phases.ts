import type { FlashPhase } from '../../events.ts';
import { FileChanged } from '../../firmware/cwe/seal.ts';
import { Problem } from '../../problem.ts';
import type { FlashContext } from '../model/context.ts';
import { failedAt, fileChangedAt, type Where } from '../model/outcomes/download.ts';
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
	const where = (): Where => {
		if (progress.isBetweenFiles) return 'between files';
		if (stateOf('commit') === 'done') return 'after commit';
		return wrote ? 'in write' : 'before';
	};
	const explain = (error: unknown): Problem => {
		const position = { accepted: progress.accepted, of: progress.files };
		if (error instanceof FileChanged && where() !== 'before') {
			return fileChangedAt(context.ways, where(), position, error);
		}
		if (error instanceof Problem) return error;
		return failedAt(context.ways, where(), position, error);
	};
	return { context: { ...context, emit }, running, explain };
}
