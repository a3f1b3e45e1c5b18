import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { rehearsalImage, smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';

const folders: string[] = [];
afterAll(async () => {
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A folder for one test file, gone after its tests. */
export async function scratch(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'modemscope-firmware-'));
	folders.push(folder);
	return folder;
}

export async function rehearsalFile(): Promise<string> {
	const path = join(await scratch(), 'RC76xx_Release9_GENERIC_GCF_7620.spk');
	await rehearsalImage(path);
	return path;
}

export async function smallRehearsalFile(): Promise<string> {
	const path = join(await scratch(), 'small.spk');
	await smallRehearsalImage(path);
	return path;
}
