import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Event, Header } from '../../source/events.ts';

export const fieldPath = (name: string) => new URL(`../field/${name}`, import.meta.url).pathname;
export const fieldText = (name: string) => readFileSync(fieldPath(name), 'utf8');

export const missedHelloLog = 'rc7620-update-download-2023-06-01.log';
export const goodModuleLog = 'rc7620-update-download-2023-06-02-good-module.log';

export const header: Header = {
	modemscope: 1,
	started: '2023-06-01T17:56:42.000Z',
	title: 'a test',
	origin: 'a test',
	speed: 1,
};

export const note = (t: number, text: string): Event => ({ t, source: 'log', type: 'note', text });

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'modemscope-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

export async function temporaryFile(content: string | Uint8Array, name = 'file'): Promise<string> {
	const path = join(await temporaryFolder(), name);
	await writeFile(path, content);
	return path;
}
