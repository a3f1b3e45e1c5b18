import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { listFirmware } from '../../source/session/files.ts';
import { newFolder } from '../flash/rehearse.ts';

const home = process.cwd();
afterEach(() => process.chdir(home));

/** A folder whose settings are newer than its firmware. */
function somewhere(): string {
	const folder = newFolder();
	for (const [name, time] of Object.entries({ 'old.cwe': 1, 'new.spk': 2, 'settings.NVU': 3 })) {
		const path = join(folder, name);
		writeFileSync(path, '');
		utimesSync(path, time, time);
	}
	return folder;
}

it('lists files of firmware before settings alone, and the newest first among each', async () => {
	process.chdir(somewhere());
	const names = ['new.spk', 'old.cwe', 'settings.NVU'];
	expect((await listFirmware(somewhere())).map(({ name, from }) => `${name} ${from}`)).toEqual([
		...names.map((name) => `${name} simulated`),
		...names.map((name) => `${name} this folder`),
	]);
});
