import type { UsbDevice } from '../../events.ts';
import { type CheckedFile, openFirmwareFiles } from '../../firmware/open-files.ts';
import { type InterruptedFlash, interruptedFlashes } from '../../flash/job/recovery.ts';
import { resumePlan } from '../../flash/job/resume-plan.ts';
import type { Plan } from '../../flash/model/plan.ts';
import { makePlan, type PlanFrom } from '../../flash/plan/make-plan.ts';
import type { Host } from '../../host.ts';
import { exitCode, Problem } from '../../problem.ts';

/** The modem of a plan: as it is now, or was last, and what it said that it runs. */
export type Planned = Pick<PlanFrom, 'device' | 'from'> & { readonly present: boolean };

/** The plan that waits to be started, and the flashes that were left unfinished. */
export class FlashController {
	readonly #host: Host;
	readonly #changed: () => void;
	#given: PlanFrom | undefined;
	#plan: Plan | undefined;
	#left: readonly InterruptedFlash[] = [];
	/** Paths of the files that are flashed with the open one. */
	added: readonly string[] = [];

	constructor(host: Host, changed: () => void) {
		this.#host = host;
		this.#changed = changed;
	}

	get plan(): Plan | undefined {
		return this.#plan;
	}

	/** What was left unfinished on the modem at `path`. */
	leftAt(path: string | undefined): InterruptedFlash | undefined {
		return this.#left.find(({ job }) => job.path === path);
	}

	/** Looks again what was left unfinished. */
	async look(): Promise<void> {
		this.#left = await interruptedFlashes(this.#host);
		this.#changed();
	}

	async make(given: Omit<PlanFrom, 'host'>): Promise<void> {
		this.#given = { ...given, host: this.#host };
		this.#plan = await makePlan(this.#given);
		this.#changed();
	}

	/** The same plan with one more refusal set aside. */
	async setAside(check: string): Promise<void> {
		if (!this.#given) return;
		await this.make({ ...this.#given, overrides: [...(this.#given.overrides ?? []), check] });
	}

	/** Plans a flash of the open file and of those that were added. */
	makeWith(modem: Planned, file: CheckedFile): Promise<void> {
		return withFiles(this.added, (added) => this.make({ ...modem, files: [file, ...added] }));
	}

	/** Plans what is left to do, by what the modem does now. */
	async goOn(left: InterruptedFlash, modem: Planned): Promise<void> {
		const { paths, programmer, ...how } = resumePlan(left, nowOf(modem));
		if (programmer !== undefined) throw byProgrammer();
		return withFiles(paths, (files) => this.make({ ...modem, ...how, files }));
	}

	drop(): void {
		this.#given = undefined;
		this.#plan = undefined;
	}
}

const nowOf = ({ present, device }: Planned): UsbDevice | undefined =>
	present ? device : undefined;

const byProgrammer = () =>
	new Problem(exitCode.usage, 'That flash is one of partitions, which the console does not plan.', {
		next: 'go on with it by "modemscope flash --continue".',
	});

/** Files that are open, and checked, for as long as `use` takes. */
async function withFiles(
	paths: readonly string[],
	use: (files: readonly CheckedFile[]) => Promise<void>,
): Promise<void> {
	const { checked, close } = await openFirmwareFiles(paths);
	try {
		await use(await checked());
	} finally {
		await close();
	}
}
