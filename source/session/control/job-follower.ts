import type { Event, Header } from '../../events.ts';
import type { Job } from '../../flash/job/record.ts';
import { followJob, stopJob } from '../../flash/job/start.ts';
import { watchJobs } from '../../flash/job/watch.ts';
import type { Host } from '../../host.ts';
import { Problem } from '../../problem.ts';

type Into = {
	/** The header of the session, whose time the events get. */
	readonly header: Header;
	readonly add: (event: Event) => void;
	/** A flash has begun, whoever started it. */
	readonly begun: () => void;
	readonly ended: () => void;
};

/** Takes the events of flashes into a session: of one at a time, and of each once. */
export class JobFollower {
	readonly #host: Host;
	readonly #into: Into;
	#job: Job | undefined;
	/** Recordings of flashes that were followed. */
	readonly #followed = new Set<string>();
	readonly #end = new AbortController();
	/** Resolves when the flash that was followed last has begun to tell, or has ended. */
	#told: Promise<void> = Promise.resolve();
	#stopWatching = () => {};

	constructor(host: Host, into: Into) {
		this.#host = host;
		this.#into = into;
	}

	/** Follows the flash that runs on this host, or begins there later. */
	async watch(): Promise<void> {
		this.#stopWatching = await watchJobs(this.#host, (job) => void this.follow(job));
	}

	/** Resolves when it has told that it has begun, or has ended. */
	follow(job: Job): Promise<void> {
		if (this.#job || this.#followed.has(job.recording)) return this.#told;
		this.#followed.add(job.recording);
		this.#job = job;
		this.#into.begun();
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#told = promise;
		void this.#follow(job, resolve).finally(() => {
			resolve();
			this.#job = undefined;
			this.#into.ended();
		});
		return promise;
	}

	/** Asks the flash to stop at its next safe point. */
	stop(): void {
		if (this.#job) void stopJob(this.#job);
	}

	/** Follows no more; the flash goes on. */
	close(): void {
		this.#end.abort();
		this.#stopWatching();
	}

	async #follow(job: Job, hasBegun: () => void): Promise<void> {
		const { header, add } = this.#into;
		const { clock } = this.#host;
		let shift = 0;
		const follower = {
			onHeader: ({ started }: Header) => {
				const later = Date.parse(started) - Date.parse(header.started);
				shift = (later / 1000) * clock.speed;
			},
			// What happens on USB the session sees itself.
			onEvent: (event: Event) => {
				if (event.source !== 'usb') add({ ...event, t: event.t + shift });
				if (event.type === 'flash-started') hasBegun();
			},
		};
		try {
			await followJob(job, follower, this.#end.signal);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			const { exit, message, modem = '', next } = error;
			add({
				t: clock.now(),
				source: 'flash',
				type: 'flash-ended',
				exit,
				message,
				modem,
				...(next ? { next } : {}),
			});
		}
	}
}
