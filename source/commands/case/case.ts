import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join, resolve } from 'node:path';
import { createGzip } from 'node:zlib';
import manifest from '../../../package.json' with { type: 'json' };
import { isoTime } from '../../clock.ts';
import { ownFolder } from '../../own-files.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';
import type { Manifest } from '../../recording/case/manifest.ts';
import { longestCase, type OpenedCase, openCase } from '../../recording/case/open-case.ts';
import { packCase } from '../../recording/case/pack.ts';
import { streamAny } from '../../recording/file/open-any.ts';
import { recordingsFolder } from '../../recording/file/places.ts';
import { notARecording, sizeOfFile } from '../../recording/file/reader.ts';
import type { Output } from '../common/command.ts';
import { findHost } from '../common/find-host.ts';
import { thisMachine, writeNewFile } from '../common/new-file.ts';
import { doctorLines, kernelLines, modemsOn, trySnapshot } from './gather.ts';
import type { CaseFlags } from './options.ts';

/** `modemscope case`: packs what one needs to understand a case, or takes a case apart. */
export async function caseCommand(
	[path]: readonly string[],
	flags: CaseFlags,
	output: Pick<Output, 'out' | 'say'>,
): Promise<ExitCode> {
	const { unpack } = flags;
	if (unpack === undefined) return pack(path ?? newestRecording(), flags, output);
	if (path === undefined) throw usage('Name the case that is to be unpacked.');
	return takeApart(path, unpack, flags.json, output);
}

const usage = (what: string) =>
	new Problem(exitCode.usage, what, { next: 'modemscope case --help shows how.' });

async function pack(path: string, flags: CaseFlags, { out, say }: Pick<Output, 'out' | 'say'>) {
	const target = flags.output;
	if (target === undefined) throw usage('Say where the case goes, with -o.');
	const packed = await packInto(target, path, flags, say);
	sayList(packed, flags.json, out);
	if (!flags.json) out(sanitize(`Written to ${target}. Open it: modemscope --replay ${target}`));
	return exitCode.done;
}

export type PackFlags = Pick<CaseFlags, 'device' | 'rehearsal' | 'snapshot' | 'unmasked'>;

/** Packs a recording, with what is to be seen of the modem now, into a new file. */
export async function packInto(
	target: string,
	path: string,
	flags: PackFlags,
	say: (line: string) => void,
): Promise<Manifest> {
	const { host, leave } = await findHost(flags.rehearsal);
	try {
		const recording = await streamAny(path);
		const devices = await modemsOn(host, flags.device);
		const snapshot = flags.snapshot ? await trySnapshot(host, devices[0]) : {};
		if (snapshot.why !== undefined) say(`modemscope: no snapshot: ${snapshot.why}`);
		const [doctor, kernel] = [await doctorLines(host, devices), await kernelLines(host)];
		const packed = packCase(
			{ recording, snapshot: snapshot.events, doctor, kernel },
			{
				versions: {
					modemscope: manifest.version,
					node: process.versions.node,
					kernel: release(),
					machine: `${process.platform} ${process.arch}`,
				},
				packed: isoTime(),
				mask: flags.unmasked ? undefined : thisMachine(),
			},
		);
		if (packed.size > longestCase) {
			throw new Problem(exitCode.fileRejected, 'The recording is too long for a case (96 MB).', {
				next: 'export the part that matters, or send the recording itself.',
			});
		}
		await writeNewFile(target, packed.pieces(), [createGzip()]);
		return packed.manifest;
	} finally {
		leave();
	}
}

function newestRecording(): string {
	const folder = recordingsFolder();
	const names = existsSync(folder) ? readdirSync(folder) : [];
	const newest = names
		.filter((name) => name.endsWith('.ndjson'))
		.sort()
		.at(-1);
	if (newest !== undefined) return join(folder, newest);
	throw new Problem(exitCode.usage, 'There is no recording yet.', {
		next: 'name a recording or a log: modemscope case update.log -o update.case.',
	});
}

async function takeApart(
	path: string,
	folder: string,
	json: boolean,
	{ out }: Pick<Output, 'out'>,
): Promise<ExitCode> {
	if ((await sizeOfFile(path)) > longestCase)
		throw notARecording(path, 'it is too long for a case');
	const opened: OpenedCase | { why: string } = openCase(await readFile(path));
	if ('why' in opened) throw notARecording(path, opened.why);
	const target = resolve(folder);
	if (existsSync(target) && readdirSync(target).length > 0) {
		throw new Problem(exitCode.usage, `The folder ${folder} is not empty.`, {
			next: 'name a new one.',
		});
	}
	mkdirSync(target, { recursive: true, mode: 0o700 });
	ownFolder(target);
	for (const [name, bytes] of opened.files) {
		await writeFile(join(target, name), bytes, { flag: 'wx', mode: 0o600 });
	}
	sayList(opened.manifest, json, out);
	return exitCode.done;
}

function sayList(list: Manifest, json: boolean, out: (line: string) => void): void {
	if (json) {
		out(jsonText(list));
		return;
	}
	const { modemscope, node, kernel, machine } = list.versions;
	out(`modemscope ${modemscope}, Node ${node}, kernel ${kernel}, ${machine}`);
	for (const { name, size, sha256, what } of list.files) {
		out(
			sanitize(`  ${name.padEnd(18)} ${String(size).padStart(9)}  ${sha256.slice(0, 16)}  ${what}`),
		);
	}
	out(list.masked ? 'Identifiers are masked.' : 'Identifiers are in it, as they are.');
}
