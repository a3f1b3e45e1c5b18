import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, replaceFile } from '../../own-files.ts';

/** Wall seconds between two looks, and without a lease before the rehearsal ends. */
const look = 2;
const patience = 30;

const leases = (folder: string) => join(folder, 'lease');

/** Keeps a rehearsal running while this process lives, or until the returned function is called. */
export function holdLease(folder: string): () => void {
	const path = join(ownFolder(leases(folder)), String(process.pid));
	replaceFile(path, '');
	return () => rmSync(path, { force: true });
}

/** Resolves when no living process has held a lease for half a minute, or when `signal` aborts. */
export async function unneeded(folder: string, signal: AbortSignal): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	let lonely = 0;
	const timer = setInterval(() => {
		lonely = isHeld(folder) ? 0 : lonely + look;
		if (lonely >= patience) resolve();
	}, look * 1000);
	signal.addEventListener('abort', () => resolve(), { once: true });
	await promise;
	clearInterval(timer);
}

function isHeld(folder: string): boolean {
	try {
		return readdirSync(leases(folder)).some((name) => isAlive(Number(name)));
	} catch {
		// Nobody ever held one.
		return false;
	}
}

/** Whether a process of that number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
	if (!Number.isSafeInteger(pid) || pid < 1) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
