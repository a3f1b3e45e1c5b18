/** A firmware package as a person reads it, and for scripts. */
import { type FirmwarePackage, openPackage } from '../../firmware/package/quectel.ts';
import { type ExitCode, exitCode } from '../../problem.ts';
import { grouped } from '../../protocol/text/numbers.ts';
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';
import type { Output } from '../common/command.ts';
import { wrap } from './wrap.ts';

export async function inspectPackage(
	path: string,
	options: Pick<Output, 'out'> & { readonly json: boolean; readonly columns?: number },
): Promise<ExitCode> {
	const { json, columns = 80, out } = options;
	const found = await openPackage(path);
	try {
		const passed = found.checks.every(({ state }) => state !== 'failed');
		if (json) out(jsonText(packageReport(found, passed)));
		else
			for (const line of packageText(found, passed))
				for (const row of wrap(line, columns)) out(row);
		return passed ? exitCode.done : exitCode.fileRejected;
	} finally {
		await found.close();
	}
}

const marks = { checked: 'ok', failed: 'FAILED', 'not checkable': 'look' } as const;

function packageText({ name, programmer, set, checks, notes }: FirmwarePackage, passed: boolean) {
	return [
		`${sanitize(name)}  ${grouped(set.size)} bytes to write, ${set.steps.length} steps, ${set.storage}`,
		`programmer ${programmer.name}`,
		'',
		...checks.map(
			({ file, state, says }) => `${marks[state].padEnd(6)} ${sanitize(file)}: ${says}`,
		),
		'',
		...set.steps.map(
			({ verb, label, image, attributes }) =>
				`${verb.padEnd(7)} sector ${attributes.start_sector}: ${image ? `${image.name}, ${grouped(image.size)} bytes` : label}`,
		),
		...notes,
		'',
		passed
			? 'No file has another MD5 than md5.txt says. modemscope flash plans it for a chip in EDL.'
			: 'Do not flash this package: a file in it is damaged.',
	];
}

const packageReport = (
	{ path, programmer, set, checks, notes }: FirmwarePackage,
	passed: boolean,
): object => ({
	package: sanitize(path),
	programmer: programmer.name,
	storage: set.storage,
	size: set.size,
	passed,
	files: checks,
	steps: set.steps.map(({ verb, label, image, attributes }) => ({
		verb,
		label,
		...(image && { image: image.name, size: image.size }),
		start: attributes.start_sector,
	})),
	notes,
});
