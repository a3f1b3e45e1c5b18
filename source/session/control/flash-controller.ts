import { basename } from 'node:path';
import { commandAction } from '../../at/armed/actions.ts';
import { type CheckedFile, withCheckedFiles } from '../../firmware/open-files.ts';
import { isPackage } from '../../firmware/package/is-package.ts';
import type { FirmwarePackage } from '../../firmware/package/quectel.ts';
import { type InterruptedFlash, interruptedFlashes } from '../../flash/job/recovery.ts';
import { resumePlan } from '../../flash/job/resume-plan.ts';
import { startJob } from '../../flash/job/start.ts';
import { demandAllowed, type Plan, refuses } from '../../flash/model/plan.ts';
import type { Transport } from '../../flash/model/transport.ts';
import { makePlan, type PlanFrom } from '../../flash/plan/make-plan.ts';
import { planPartitions } from '../../flash/plan/plan-partitions.ts';
import { clearUp } from '../../heap.ts';
import { modelNamed, namesModem } from '../../modems/naming.ts';
import { exitCode, Problem } from '../../problem.ts';
import { calledOf } from '../../usb/device/model.ts';
import type { FlashControl, OpenFirmware, RehearsalRun } from '../session.ts';
import type { AtController } from './at-controller.ts';
import type { ControlContext } from './control-context.ts';
import type { FirmwareController } from './firmware-controller.ts';
import { byProgrammer, noPlan, notNamed } from './flash-problems.ts';
import type { JobFollower } from './job-follower.ts';
import { leaveHeldLoader } from './leave-loader.ts';
import { RehearsalController } from './rehearsal-controller.ts';

/** Makes the same plan, with what a person chose since. */
type MakePlan = (choices: Pick<PlanFrom, 'overrides' | 'transport'>) => Promise<Plan>;

type Parts = {
	readonly at: AtController;
	readonly files: FirmwareController;
	readonly jobs: JobFollower;
	/** Looks at once what is on USB. */
	readonly scanUsb: () => Promise<void>;
};

/** The plan that waits to be started, its start, and the flashes that were left unfinished. */
export class FlashController implements FlashControl {
	readonly #context: ControlContext;
	readonly #parts: Parts;
	readonly #rehearsal: RehearsalController;
	#planAgain: MakePlan | undefined;
	#overrides: readonly string[] = [];
	#plan: Plan | undefined;
	#isStarting = false;
	#left: readonly InterruptedFlash[] = [];
	/** Checked once; what is planned with them reads nothing of them. */
	#added: readonly CheckedFile[] = [];
	/** The files of the plan; none of a package. */
	#planned: readonly CheckedFile[] = [];
	/** As a person chose for the open file. */
	#transport: Transport | undefined;

	constructor(context: ControlContext, parts: Parts) {
		this.#context = context;
		this.#parts = parts;
		this.#rehearsal = new RehearsalController(context);
	}

	get plan(): Plan | undefined {
		return this.#plan;
	}
	get isStarting(): boolean {
		return this.#isStarting;
	}
	get added(): readonly string[] {
		return this.#added.map(({ file }) => file.path);
	}
	get rehearsal(): RehearsalRun | undefined {
		return this.#rehearsal.run;
	}
	get unfinished(): InterruptedFlash | undefined {
		return this.#left.find(({ job }) => job.path === this.#context.modem.path);
	}

	/** Reads again what was left unfinished. */
	async readUnfinished(): Promise<void> {
		this.#left = await interruptedFlashes(this.#context.host);
		this.#context.changed();
	}

	/** Another file lies open: what was planned with the one before is over. */
	reset(): void {
		this.#added = [];
		this.#transport = undefined;
		this.#drop();
	}

	async makePlan(): Promise<void> {
		const { openedPackage } = this.#parts.files;
		if (openedPackage) return this.#planPackage(openedPackage, this.#target());
		this.#demandFile();
		const target = this.#target();
		await this.#parts.files.verified;
		const { file, checks = [] } = this.#demandFile();
		const files = [{ file, checks }, ...this.#added];
		for (const { file: one } of files) await one.demandUnchanged();
		await this.#planWith({ ...target, files });
	}

	async add(path: string): Promise<void> {
		if (this.#paths.includes(path)) {
			throw new Problem(exitCode.usage, `${basename(path)} is in the plan already.`);
		}
		return withCheckedFiles([path], (files) => this.#planAnew([...this.#added, ...files]));
	}
	leaveOut(path: string): Promise<void> {
		return this.#planAnew(this.#added.filter(({ file }) => file.path !== path));
	}
	/** A file that cannot be planned with is not kept. */
	async #planAnew(added: readonly CheckedFile[]): Promise<void> {
		const before = this.#added;
		this.#added = added;
		try {
			await this.makePlan();
		} catch (error) {
			this.#added = before;
			throw error;
		}
	}

	async speakOver(transport: Transport | undefined): Promise<void> {
		this.#transport = transport;
		if (this.#planAgain) await this.#planBy(this.#planAgain, this.#overrides);
	}

	async setAside(check: string): Promise<void> {
		if (!this.#planAgain) return;
		await this.#planBy(this.#planAgain, [...this.#overrides, check]);
	}

	/** Plans what is left to do, by what the modem does now. */
	async planRest(): Promise<void> {
		if (!this.unfinished) return;
		const target = this.#target();
		const { paths, programmer, ...how } = resumePlan(this.unfinished, this.#context.modem.device);
		const [path = ''] = paths;
		if (await isPackage(path)) {
			await this.#parts.files.open(path);
			const { openedPackage } = this.#parts.files;
			if (openedPackage) return this.#planPackage(openedPackage, { ...target, ...how });
		}
		if (programmer !== undefined) throw byProgrammer();
		return withCheckedFiles(paths, (files) => this.#planWith({ ...target, ...how, files }));
	}

	async start(typed: string): Promise<void> {
		const plan = this.#plan;
		if (this.#isStarting) throw new Problem(exitCode.usage, 'The flash is being started.');
		if (!plan || refuses(plan)) throw noPlan();
		if (!namesModem(typed, plan)) throw notNamed(typed, plan, 'started');
		this.#parts.at.disarm();
		const named = { ...plan, model: modelNamed(typed, plan) };
		this.#isStarting = true;
		this.#context.changed();
		try {
			const job = await startJob(this.#context.host, named);
			this.#drop();
			clearUp();
			await this.#parts.jobs.follow(job);
		} finally {
			this.#isStarting = false;
			this.#context.changed();
		}
	}

	/** A plan of what is left of a flash has no modem that would play what was before. */
	async rehearse(): Promise<void> {
		const plan = this.#plan;
		if (plan?.mode !== 'flash' || this.#planned.length === 0) throw noPlan();
		await this.#rehearsal.rehearse(this.#planned, this.#overrides);
	}

	armStart(typed: string): void {
		this.#demandFile();
		this.#demandNamed(typed, 'armed');
		const hold = commandAction('AT!BOOTHOLD', this.#context.host);
		const paths = this.#paths;
		const names = paths.map((path) => basename(path)).join(' + ');
		this.#parts.at.arm({ ...hold, name: `${hold.name}, then flash ${names}` }, () => {
			void this.#flashHeld(typed.trim(), paths);
		});
	}
	/** The modem holds as was wanted: plans anew, for what it shows itself as now, and starts. */
	async #flashHeld(model: string, paths: readonly string[]): Promise<void> {
		try {
			if (this.#paths.join('\n') !== paths.join('\n')) {
				throw new Problem(exitCode.usage, 'Other files are open than were armed.', {
					next: 'plan and start it in view 4.',
				});
			}
			await this.#parts.scanUsb();
			await this.makePlan();
			if (this.#plan) demandAllowed(this.#plan);
			await this.start(model);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			const text = `It holds, but was not flashed: ${error.sentence}`;
			this.#context.emit('flash', { type: 'note', text });
		}
	}

	/** The modem that is looked at, as it is or was last. */
	#demandNamed(typed: string, what: string): void {
		const { lastSeen, namedModel } = this.#context.modem;
		const called = lastSeen ? calledOf(lastSeen, namedModel) : { model: '' };
		const named = { model: called.model, families: called.families?.map(({ name }) => name) };
		if (!namesModem(typed, named)) throw notNamed(typed, named, what);
	}

	async leave(typed: string): Promise<void> {
		this.#demandNamed(typed, 'sent');
		this.#parts.at.disarm();
		await leaveHeldLoader(this.#context);
	}

	stop(): void {
		this.#rehearsal.stop();
		this.#parts.jobs.stop();
	}

	/** Ends a rehearsal; a flash goes on. */
	close(): Promise<void> {
		return this.#rehearsal.close();
	}

	/** The open file and those that were added to it. */
	get #paths(): readonly string[] {
		const { opened } = this.#parts.files;
		return opened ? [opened.file.path, ...this.added] : this.added;
	}

	#demandFile(): OpenFirmware {
		const { opened } = this.#parts.files;
		if (opened) return opened;
		throw new Problem(exitCode.usage, 'No firmware file is open.', {
			next: 'open one in view 3.',
		});
	}

	/** One in a boot loop is away most of the time: it is planned for as it was last. */
	#target(): Pick<PlanFrom, 'device' | 'present' | 'model' | 'from'> {
		const { modem, models } = this.#context;
		const { device: now, lastSeen: device } = modem;
		const { namedModel: model } = modem;
		if (device) return { device, present: now !== undefined, model, from: models.revision };
		throw new Problem(exitCode.noDevice, 'No modem has been seen yet.', {
			next: 'plan the flash when it has appeared once.',
		});
	}

	#planWith(given: Omit<PlanFrom, 'host' | 'overrides'>): Promise<void> {
		const { host } = this.#context;
		this.#planned = given.files;
		return this.#planBy((choices) => makePlan({ ...given, ...choices, host }));
	}

	#planPackage(
		firmwarePackage: FirmwarePackage,
		given: Omit<PlanFrom, 'host' | 'files' | 'overrides'>,
	): Promise<void> {
		const { host } = this.#context;
		this.#planned = [];
		const { programmer, set } = firmwarePackage;
		const load = { programmer, set, firmwarePackage };
		return this.#planBy((choices) => planPartitions({ ...given, ...choices, ...load, host }));
	}

	async #planBy(plan: MakePlan, overrides: readonly string[] = []): Promise<void> {
		this.#planAgain = plan;
		this.#overrides = overrides;
		this.#rehearsal.forget();
		const transport = this.#transport;
		this.#plan = await plan({ overrides, ...(transport === undefined ? {} : { transport }) });
		this.#context.changed();
	}

	#drop(): void {
		this.#rehearsal.forget();
		this.#planAgain = undefined;
		this.#plan = undefined;
	}
}
