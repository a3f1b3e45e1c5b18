/** Does what the policy allows, by the same ways as a person at the console, and says how it ended. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Event } from '../events.ts';
import { refuses } from '../flash/model/plan.ts';
import { inhibitModemManager, modemManagerUid } from '../flash/system/modem-manager.ts';
import type { Host } from '../host.ts';
import { exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import type { ModemControl, Session } from '../session/session.ts';
import type { Act } from './budget.ts';
import type { Policy } from './policy.ts';

/** Seconds in which a window must come: some twenty periods of a usual loop. */
const catchWait = 300;

export type Ended = { readonly ok: boolean; readonly says: string };

export type Actor = {
	/** Never throws for what the modem, the file or the machine does. */
	perform(act: Act, path: string): Promise<Ended>;
	/** Lets ModemManager at the modem again. */
	release(): Promise<void>;
};

export function actorOn(
	host: Host,
	session: Session & { readonly modem: ModemControl },
	policy: Policy,
	stop: AbortSignal,
): Actor {
	const { model = '', flash } = policy;
	let letGo: () => Promise<void> = async () => {};

	async function inhibit(path: string): Promise<Ended> {
		const uid = await modemManagerUid(host, path);
		if (uid === undefined) return { ok: false, says: 'The modem is not there now.' };
		const result = await inhibitModemManager(uid);
		if (result.state === 'refused') return { ok: false, says: result.why };
		if (result.state === 'kept off') letGo = result.release;
		return {
			ok: true,
			says:
				result.state === 'kept off'
					? 'ModemManager is kept off it while the guard runs.'
					: 'ModemManager does not know it.',
		};
	}

	async function catchIt(): Promise<Ended> {
		demandModel(session, model);
		const { at } = session.modem;
		const { arm } = await at.armable('AT!BOOTHOLD');
		const ended = next(session, (event) => (event.type === 'disarmed' ? event.why : undefined));
		arm(['BOOTHOLD']);
		const why = await Promise.race([ended.found, waited(host, catchWait, stop)]);
		ended.stop();
		if (why !== undefined) return { ok: /loader is holding/.test(why), says: sentence(why) };
		at.disarm();
		return { ok: false, says: `No window was caught in ${catchWait} s.` };
	}

	async function leave(): Promise<Ended> {
		await session.modem.flasher.leave(model);
		return { ok: true, says: 'The loader was reset.' };
	}

	async function write(): Promise<Ended> {
		if (!flash) return { ok: false, says: 'The policy names no file.' };
		const hash = createHash('sha256');
		await pipeline(createReadStream(flash.path), hash);
		if (hash.digest('hex') !== flash.sha256)
			return { ok: false, says: 'The file has not the SHA-256 that the policy names.' };
		const { flasher } = session.modem;
		await session.firmware.open(flash.path);
		await flasher.makePlan();
		const refusal = flasher.plan?.checks.find(({ state }) => state === 'refuse');
		if (!flasher.plan || refuses(flasher.plan))
			return { ok: false, says: `The plan refuses: ${refusal?.says ?? 'no plan was made'}.` };
		const ended = next(session, (event) => (event.type === 'flash-ended' ? event : undefined));
		await flasher.start(model);
		const told = await Promise.race([ended.found, aborted(stop)]);
		ended.stop();
		if (told) return { ok: told.exit === exitCode.done, says: told.message };
		return {
			ok: false,
			says: 'The guard was ended; the flash goes on: modemscope flash --status tells how it ends.',
		};
	}

	const by: Readonly<Record<Act, (path: string) => Promise<Ended>>> = {
		inhibit,
		catch: catchIt,
		leave,
		flash: write,
	};
	return {
		perform: async (act, path) => {
			try {
				return await by[act](path);
			} catch (error) {
				if (error instanceof Problem) return { ok: false, says: error.sentence };
				const { code } = error as NodeJS.ErrnoException;
				if (code === undefined) throw error;
				return { ok: false, says: sanitize((error as Error).message) };
			}
		},
		release: () => letGo(),
	};
}

/** What is armed goes to whatever modem is there: it must be the one that the policy is for. */
function demandModel({ model: seen }: Session, wanted: string): void {
	if (seen?.toLowerCase() === wanted.toLowerCase()) return;
	throw new Problem(
		exitCode.usage,
		`The modem is ${seen ?? 'not known'}, and the policy is for ${wanted}.`,
		{ modem: 'Nothing was sent.' },
	);
}

/** The first event of which `pick` makes something. */
function next<T>(
	session: Session,
	pick: (event: Event) => T | undefined,
): { found: Promise<T>; stop: () => void } {
	const { promise, resolve } = Promise.withResolvers<T>();
	const stop = session.log.subscribe((event) => {
		const value = pick(event);
		if (value === undefined) return;
		stop();
		resolve(value);
	});
	return { found: promise, stop };
}

const waited = (host: Host, seconds: number, stop: AbortSignal): Promise<undefined> =>
	host.clock.sleep(seconds, stop).then(() => undefined);

const aborted = (stop: AbortSignal): Promise<undefined> =>
	new Promise((resolve) => {
		if (stop.aborted) resolve(undefined);
		stop.addEventListener('abort', () => resolve(undefined), { once: true });
	});

const sentence = (why: string) => `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`;
