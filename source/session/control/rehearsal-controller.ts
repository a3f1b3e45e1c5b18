import { setTimeout as sleep } from 'node:timers/promises';
import { type CheckedFile, openFirmwareFiles } from '../../firmware/open-files.ts';
import { FlashProgress } from '../../flash/model/progress.ts';
import { makePlan } from '../../flash/plan/make-plan.ts';
import { inOrder } from '../../flash/plan/plan-set.ts';
import { rehearse, usualSpeed } from '../../flash/rehearse/rehearse.ts';
import type { RehearsalRun } from '../session.ts';
import type { ControlContext } from './control-context.ts';

/** Milliseconds that the end of a session waits for one to stop. */
const patience = 3000;

/** Carries a plan out on a simulated modem that is made from the one that is looked at. */
export class RehearsalController {
	readonly #context: ControlContext;
	#run: RehearsalRun | undefined;
	#stop = new AbortController();
	#ended: Promise<void> = Promise.resolve();

	constructor(context: ControlContext) {
		this.#context = context;
	}

	/** The one that was begun last, running or over. */
	get run(): RehearsalRun | undefined {
		return this.#run;
	}

	/** Resolves at its end. Throws a Problem when nobody plays such a modem, or the plan refuses it. */
	async rehearse(planned: readonly CheckedFile[], overrides: readonly string[]): Promise<void> {
		if (this.#run?.isRunning) return;
		const stop = new AbortController();
		this.#stop = stop;
		const progress = new FlashProgress();
		const show = (run: RehearsalRun | undefined) => {
			// Another plan has come since.
			if (this.#stop === stop) this.#run = run;
			this.#context.changed();
		};
		show({ progress, isRunning: true, recording: undefined });
		const task = this.#carryOut(planned, overrides, progress, stop.signal);
		this.#ended = task.then(
			() => {},
			() => {},
		);
		try {
			show({ progress, isRunning: false, recording: await task });
		} catch (error) {
			show(undefined);
			throw error;
		}
	}

	/** Asks one that runs to stop at its next safe point. */
	stop(): void {
		this.#stop.abort();
	}

	/** What was rehearsed is not what is planned now. */
	forget(): void {
		this.stop();
		this.#stop = new AbortController();
		this.#run = undefined;
	}

	async close(): Promise<void> {
		this.forget();
		await Promise.race([this.#ended, sleep(patience, undefined, { ref: false })]);
	}

	async #carryOut(
		planned: readonly CheckedFile[],
		overrides: readonly string[],
		progress: FlashProgress,
		stop: AbortSignal,
	): Promise<string | undefined> {
		const { host, modem, models, changed } = this.#context;
		const { lastSeen: device, namedModel: model } = modem;
		if (!device) return undefined;
		const from = models.revision;
		// Another file may be opened meanwhile: these are its own handles.
		const { files: opened, close } = await openFirmwareFiles(planned.map(({ file }) => file.path));
		try {
			const files = opened.map((file, index) => ({ file, checks: planned[index]!.checks }));
			const { recording } = await rehearse({
				snapshot: { device, from, model },
				load: inOrder(files.map(({ file }) => file)),
				plan: (on) => makePlan({ ...on, files, from, overrides }),
				onEvent: (event) => {
					progress.add(event);
					changed();
				},
				stop,
				speed: Math.max(usualSpeed, host.clock.speed),
			});
			return recording;
		} finally {
			await close();
		}
	}
}
