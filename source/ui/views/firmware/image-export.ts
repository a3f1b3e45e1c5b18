import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Modem } from '../../../firmware/match.ts';
import { examine, report } from '../../../firmware/report.ts';
import { exitCode, Problem } from '../../../problem.ts';
import type { OpenFirmware } from '../../../session/session.ts';

/** Writes what `inspect --json` says of the file into the working folder; returns the path. */
export async function exportReport(
	{ file, checks }: OpenFirmware,
	modem: Modem | undefined,
): Promise<string> {
	if (!checks) {
		throw new Problem(exitCode.failed, 'The checks still run.', {
			next: 'press e again when they are done.',
		});
	}
	const text = `${JSON.stringify(report(await examine(file, checks, modem)), null, '\t')}\n`;
	const name = file.name.replace(/[^\w.-]+/g, '-');
	return writeNew(`${name}.inspect`, text);
}

/** Never over a file that is there: the next number is taken. */
async function writeNew(name: string, text: string): Promise<string> {
	for (let number = 1; ; number += 1) {
		const path = resolve(`${name}${number > 1 ? `-${number}` : ''}.json`);
		try {
			await writeFile(path, text, { flag: 'wx' });
			return path;
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
			if (code === 'EEXIST' && number < 1000) continue;
			throw new Problem(exitCode.failed, `${path} cannot be written: ${code}.`, {
				next: 'start modemscope in a folder of your own.',
				cause: error,
			});
		}
	}
}
