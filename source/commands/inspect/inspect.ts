import { openFirmware } from '../../firmware/firmware-file.ts';
import type { Modem } from '../../firmware/match.ts';
import { isPackage } from '../../firmware/package/is-package.ts';
import { judgePairs, type PairCheck } from '../../firmware/pair.ts';
import { type Examined, examine, report } from '../../firmware/report.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';
import { inspectText, pairText } from './text.ts';
import { wrap } from './wrap.ts';

export type InspectOptions = {
	readonly json: boolean;
	/** Columns that a line of text may have. */
	readonly columns?: number;
	/** The modem to match the files against. */
	readonly modem?: Modem | undefined;
	readonly out: (line: string) => void;
};

/**
 * Shows firmware files and checks them. Every file is looked at, also behind a bad one; the exit
 * code is the gravest one, 5 when a file is rejected, a check fails, two files do not belong
 * together or one is not for the modem.
 */
export async function inspect(files: string[], options: InspectOptions): Promise<ExitCode> {
	if (!files.length) {
		throw new Problem(exitCode.usage, 'inspect needs a firmware file.', {
			next: 'modemscope inspect FILE.spk',
		});
	}
	const parts: Part[] = [];
	let gravest: ExitCode = exitCode.done;
	for (const [n, file] of files.entries()) {
		if (n && !options.json) options.out('');
		const { exit, part } = await inspectFile(file, options);
		if (part) parts.push(part);
		if (exit > gravest) gravest = exit;
	}
	const pairs = judgePairs(parts);
	showPairs(pairs, options);
	return pairs.some(({ state }) => state === 'failed')
		? (Math.max(gravest, exitCode.fileRejected) as ExitCode)
		: gravest;
}

type Part = Parameters<typeof judgePairs>[0][number];
type Inspected = { readonly exit: ExitCode; readonly part?: Part };

async function inspectFile(path: string, options: InspectOptions): Promise<Inspected> {
	const { json, columns = 80, out } = options;
	try {
		if (await isPackage(path)) {
			const { inspectPackage } = await import('./package.ts');
			return { exit: await inspectPackage(path, options) };
		}
		const examined = await openAndExamine(path, options.modem);
		if (json) out(jsonText(report(examined)));
		else for (const line of inspectText(examined, columns)) out(line);
		const { file, checks, matches } = examined;
		const bad =
			checks.some(({ state }) => state === 'failed') ||
			matches.some(({ state }) => state === 'refuse');
		return { exit: bad ? exitCode.fileRejected : exitCode.done, part: file };
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const { message, next, exit } = error;
		if (json) out(jsonText({ file: sanitize(path), problem: message, next, exit }));
		else for (const line of wrap(error.sentence, columns)) out(line);
		return { exit };
	}
}

async function openAndExamine(path: string, modem: Modem | undefined): Promise<Examined> {
	const file = await openFirmware(path);
	try {
		return await examine(file, await file.verify(), modem);
	} finally {
		await file.close();
	}
}

function showPairs(checks: readonly PairCheck[], { json, columns = 80, out }: InspectOptions) {
	if (!checks.length) return;
	if (json) out(jsonText({ pair: checks }));
	else for (const line of ['', ...pairText(checks, columns)]) out(line);
}
