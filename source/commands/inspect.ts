import { type Check, verdict } from '../firmware/checks.ts';
import { type FirmwareFile, openFirmware } from '../firmware/firmware-file.ts';
import type { ImageNode } from '../firmware/image-tree.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/sanitize.ts';
import { inspectText, wrap } from './inspect-text.ts';

export type InspectOptions = {
	readonly json: boolean;
	/** Columns that a line of text may have. */
	readonly columns?: number;
	readonly out: (line: string) => void;
};

/**
 * Shows firmware files and checks them. Every file is looked at, also behind a bad one; the exit
 * code is the gravest one, 5 when a file is rejected or a check fails.
 */
export async function inspect(files: string[], options: InspectOptions): Promise<ExitCode> {
	if (!files.length) {
		throw new Problem(exitCode.usage, 'inspect needs a firmware file.', {
			next: 'modemscope inspect FILE.spk',
		});
	}
	let gravest: ExitCode = exitCode.done;
	for (const [n, file] of files.entries()) {
		if (n && !options.json) options.out('');
		const exit = await inspectFile(file, options);
		if (exit > gravest) gravest = exit;
	}
	return gravest;
}

async function inspectFile(
	path: string,
	{ json, columns = 80, out }: InspectOptions,
): Promise<ExitCode> {
	try {
		const { file, checks } = await openAndVerify(path);
		if (json) out(JSON.stringify(report(file, checks)));
		else for (const line of inspectText(file, checks, columns)) out(line);
		return checks.some(({ state }) => state === 'failed') ? exitCode.fileRejected : exitCode.done;
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const { message, next, exit } = error;
		if (json) out(JSON.stringify({ file: sanitize(path), problem: message, next, exit }));
		else for (const line of wrap(error.sentence, columns)) out(line);
		return exit;
	}
}

async function openAndVerify(path: string): Promise<{ file: FirmwareFile; checks: Check[] }> {
	const file = await openFirmware(path);
	try {
		return { file, checks: await file.verify() };
	} finally {
		await file.close();
	}
}

/** One object a file. Numbers are bytes; CRCs and addresses stay numbers, for a script to compare. */
function report(file: FirmwareFile, checks: readonly Check[]): object {
	return {
		file: sanitize(file.path),
		size: file.size,
		passed: checks.every(({ state }) => state !== 'failed'),
		verdict: verdict(checks),
		rehearsal: file.rehearsal,
		versions: file.versions,
		versionConflicts: file.versionConflicts,
		images: file.images.map(imageReport),
		checks,
	};
}

function imageReport({ start, end, depth, header, children }: ImageNode): object {
	return { start, end, depth, ...header, children: children.map(imageReport) };
}
