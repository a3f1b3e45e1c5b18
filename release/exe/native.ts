/** The native parts of serialport and usb, out of the single file that holds them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getRawAsset } from 'node:sea';
import { exitCode, Problem } from '../../source/problem.ts';

/** The kernel loads code from files only, and some gateways mount /tmp noexec: the first that serves. */
const folders = () => [
	process.env.MODEMSCOPE_TMP,
	process.env.XDG_RUNTIME_DIR,
	'/dev/shm',
	'/run',
	'/tmp',
	'/var/tmp',
];

/** Throws a Problem when no folder may hold code, and says what each of them answered. */
export function native(name: 'serialport' | 'usb'): unknown {
	const refused: string[] = [];
	for (const folder of folders()) {
		if (!folder) continue;
		let made: string | undefined;
		try {
			made = mkdtempSync(join(folder, 'modemscope-'));
			const path = join(made, `${name}.node`);
			writeFileSync(path, new Uint8Array(getRawAsset(`${name}.node`) as ArrayBuffer), {
				flag: 'wx',
				mode: 0o700,
			});
			const module = { exports: {} };
			process.dlopen(module, path);
			return module.exports;
		} catch (error) {
			refused.push(`${folder}: ${error instanceof Error ? error.message : error}`);
		} finally {
			if (made) rmSync(made, { recursive: true, force: true });
		}
	}
	throw new Problem(
		exitCode.failed,
		`No folder here may hold program code (${refused.join('; ')}).`,
		{ next: 'set MODEMSCOPE_TMP to a folder that is not mounted noexec and has 2 MB free.' },
	);
}
