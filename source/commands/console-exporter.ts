/** Recordings for others, out of the console: beside its own, under a name of their own. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { ownFolder } from '../own-files.ts';
import { exitCode, Problem } from '../problem.ts';
import { grouped } from '../protocol/text/numbers.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import { recordingsFolder } from '../recording/file/places.ts';
import type { Exporter } from '../session/session.ts';
import { packInto } from './case/case.ts';
import { exportRecording, type Format, formats } from './recording/export.ts';

/** `rehearsal` is the folder of the simulated modem that the console shows, if it does. */
export const consoleExporter = (rehearsal: string | undefined): Exporter => ({
	formats: Object.entries(formats).map(([name, { says }]) => ({ name, says })),
	write: async (path, name) => {
		const to = Object.keys(formats).find((format): format is Format => format === name);
		if (!to) throw new Problem(exitCode.usage, `${name} is no format.`);
		const output = join(exportedFolder(), `${stemOf(path)}.${formats[to].ending}`);
		const said: string[] = [];
		const out = (line: string) => void said.push(line);
		await exportRecording(path, { to, output, out, write: async () => {} });
		return said.join(' ');
	},
	packCase: async (path) => {
		const target = newCase(join(exportedFolder(), stemOf(path)));
		const flags = { device: undefined, rehearsal, snapshot: false, unmasked: false };
		await packInto(target, path, flags, () => {});
		const size = `${grouped(statSync(target).size)} bytes`;
		return sanitize(
			`Packed into ${target}, ${size}, identifiers masked. Open it: modemscope --replay FILE.`,
		);
	},
});

const exportedFolder = (): string => ownFolder(join(dirname(recordingsFolder()), 'exported'));
const stemOf = (path: string): string => basename(path, extname(path));

/** What is seen of the modem is other each time: a case never takes the place of an earlier one. */
function newCase(stem: string): string {
	const named = (n: number) => (n === 1 ? `${stem}.case` : `${stem}-${n}.case`);
	let n = 1;
	while (existsSync(named(n))) n++;
	return named(n);
}
