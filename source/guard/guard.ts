/**
 * Looks after the modems of a gateway without a person: writes down what happens, counts it for a
 * monitoring system, and acts as far as the policy allows.
 */
import type { Event } from '../events.ts';
import type { Host } from '../host.ts';
import { replaceFile } from '../own-files.ts';
import type { Session } from '../session/session.ts';
import type { Act, Budget } from './budget.ts';
import { mayDo, wanted } from './choose.ts';
import { metricsText } from './metrics.ts';
import type { Actor, Ended } from './perform.ts';
import type { Policy } from './policy.ts';

/** Seconds between two looks at what may be done, and between two files of metrics. */
const lookEvery = 1;
const metricsEvery = 15;

export type Said =
	| { readonly state: 'begins'; readonly act: Act }
	| ({ readonly state: 'ended'; readonly act: Act } & Ended)
	| { readonly state: 'stopped'; readonly why: string };

export type GuardOptions = {
	readonly policy: Policy;
	readonly budget: Budget;
	readonly actor: Actor;
	/** Where the metrics go, if anywhere. */
	readonly textfile: string | undefined;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Told of what is done, before and after; and once that nothing is done any more. */
	readonly say: (about: Said) => void;
};

/** Looks until `stop` aborts. */
export async function guard(
	host: Host,
	session: Session,
	{ policy, budget, actor, textfile, now, say }: GuardOptions,
	stop: AbortSignal,
): Promise<void> {
	const comings = new Map<string, number>();
	const count = (event: Event) => {
		if (event.type !== 'usb-came') return;
		const { path } = event.device;
		comings.set(path, (comings.get(path) ?? 0) + 1);
	};
	for (const event of session.log) count(event);
	const stopCounting = session.log.subscribe(count);
	let acting: Promise<void> | undefined;
	let isInhibited = false;
	let saidStopped = false;
	let written = Number.NEGATIVE_INFINITY;

	const act = async (what: Act, path: string) => {
		say({ act: what, state: 'begins' });
		if (what === 'inhibit') isInhibited = true;
		const ended = await actor.perform(what, path);
		budget.keep({ at: now(), act: what, ...ended });
		say({ act: what, state: 'ended', ...ended });
	};
	const look = () => {
		const t = session.now();
		const path = policy.device ?? session.path;
		const port = path === undefined ? undefined : session.timeline.port(path, t);
		if (port && !acting && !session.flash.running) {
			const what = wanted(policy, port, t, isInhibited);
			if (mayDo(what, budget, now()))
				acting = act(what, port.path).finally(() => {
					acting = undefined;
				});
			if (what && budget.stopped !== undefined && !saidStopped) {
				saidStopped = true;
				say({ state: 'stopped', why: budget.stopped });
			}
		}
		if (textfile !== undefined && t - written >= metricsEvery) {
			written = t;
			writeMetrics(textfile);
		}
	};
	const seen = () => ({
		now: now() / 1000,
		ports: session.timeline.ports(session.now()),
		comings,
		findings: session.currentFindings,
		done: budget.done,
		stopped: budget.stopped !== undefined,
	});
	// node_exporter runs as somebody else, and never meets half of it.
	const writeMetrics = (path: string) => replaceFile(path, metricsText(seen()), 0o644);
	if (policy.device !== undefined) session.choosePath(policy.device);
	look();
	while (!stop.aborted) {
		await host.clock.sleep(lookEvery, stop);
		look();
	}
	await acting;
	stopCounting();
	await actor.release();
	if (textfile !== undefined) writeMetrics(textfile);
}
