/**
 * The program's single file on a gateway where nothing is installed: it is copied into a folder of
 * its own, in memory where that is what there is, and tried there.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import { gatewayGone, nameOf, quoted, type Ran, runOnGateway } from './shell.ts';

/** What is sent: the archive of a release, or the single file itself. */
export type Package = { readonly path: string; readonly isArchive: boolean };

/** Where it is now. */
export type Pushed = {
	readonly path: string;
	/** The folder that was made for it. */
	readonly folder: string;
	readonly version: string;
};

/** Kilobytes that the unpacked archive takes, and that a process of it needs besides. */
const unpacked = 130_000;
const running = 150_000;

const architectures: Readonly<Record<string, string>> = { x86_64: 'x64', aarch64: 'arm64' };

/** `m` the machine, `l` its libc, `x` whether it unpacks xz, `r` kilobytes of free memory, `d` a folder that runs programs. */
const probe = (folders: readonly string[]) => `
echo "m $(uname -m)"
for f in /lib/ld-musl-* ; do [ -e "$f" ] && echo "l musl"; done
for f in /lib/ld-linux* /lib64/ld-linux* /lib/*/ld-linux*; do [ -e "$f" ] && echo "l glibc"; done
command -v unxz >/dev/null && echo x
while read -r a b c; do [ "$a" = MemAvailable: ] && echo "r $b"; done < /proc/meminfo
for d in ${folders.map(quoted).join(' ')} "$HOME"; do
	t=$(mktemp -d "$d/modemscope.XXXXXX" 2>/dev/null) || continue
	printf '#!/bin/sh\n' > "$t/try"
	chmod 700 "$t/try"
	"$t/try" 2>/dev/null && df -Pk "$t" | { read -r a; read -r a b c free e; echo "d $free $a $d"; }
	rm -r "$t"
done`;

type Gateway = {
	readonly machine: string;
	readonly libcs: readonly string[];
	readonly unpacksXz: boolean;
	/** Kilobytes. */
	readonly memory: number;
	readonly folders: readonly { free: number; isMemory: boolean; path: string }[];
};

function gatewayOf(out: string): Gateway {
	const lines = out.split('\n').map((line) => line.trim());
	const of = (kind: string) =>
		lines.filter((line) => line.startsWith(kind)).map((line) => line.slice(kind.length).trim());
	return {
		machine: of('m ')[0] ?? '',
		libcs: of('l '),
		unpacksXz: lines.includes('x'),
		memory: Number(of('r ')[0] ?? 0),
		folders: of('d ').flatMap((line) => {
			const [, free, device, path] = /^(\d+) (\S+) (.*)$/.exec(line) ?? [];
			return path === undefined
				? []
				: [{ free: Number(free), isMemory: /tmpfs|ramfs/.test(device ?? ''), path }];
		}),
	};
}

/** Copies `given` there and runs it once. Throws a Problem that says why that machine cannot have it. */
export async function push(
	target: string,
	given: Package,
	folder: string | undefined,
	say: (line: string) => void,
): Promise<Pushed> {
	const name = nameOf(target);
	const places = folder === undefined ? ['/tmp', '/run', '/dev/shm', '/var/tmp'] : [folder];
	const gateway = gatewayOf((await asked(target, probe(places))).out);
	demandFits(name, gateway, given);
	const place = gateway.folders.find(({ free, isMemory, path }) => {
		const needs = isMemory ? unpacked + running : unpacked;
		const isEnough = free >= unpacked && (!isMemory || gateway.memory >= needs);
		return isEnough && (folder === undefined || path === folder);
	});
	if (!place) throw noRoom(name, gateway, folder);
	const { size } = await stat(given.path);
	say(`modemscope: copying ${Math.ceil(size / 1e6)} MB to ${name}:${sanitize(place.path)}`);
	const into = unpacking(place.path, given, size);
	const copied = await runOnGateway(target, into, createReadStream(given.path));
	const [own, path] = copied.out.trim().split('\n');
	if (copied.code !== 0 || !own || !path) throw notCopied(name, copied);
	const tried = await runOnGateway(target, `${quoted(path)} --version`);
	if (tried.code !== 0) {
		await runOnGateway(target, `rm -rf ${quoted(own)}`);
		throw doesNotRun(name, tried);
	}
	return {
		path: sanitize(path),
		folder: sanitize(own),
		version: sanitize(tried.out.trim()),
	};
}

/** A pipe tells the end of its last part only: what unxz says of the whole file is left as a file. */
const unpackArchive =
	'{ unxz && : > whole; } | { tar x && cat > /dev/null; } && [ -f whole ] && rm whole';

const takeFile = (size: number) =>
	`cat > modemscope && [ "$(wc -c < modemscope)" -eq ${size} ] && chmod 700 modemscope`;

/** Into a folder that is new and ours; prints it and the program in it, or leaves nothing behind. */
const unpacking = (folder: string, { isArchive }: Package, size: number) => `
t=$(mktemp -d ${quoted(`${folder}/modemscope.XXXXXX`)}) || exit 1
cd "$t" && ${isArchive ? unpackArchive : takeFile(size)} &&
for f in "$t"/modemscope "$t"/*/modemscope; do
	[ -f "$f" ] && echo "$t" && echo "$f" && exit 0
done
rm -rf "$t"
exit 1`;

async function asked(target: string, command: string): Promise<Ran> {
	const ran = await runOnGateway(target, command);
	if (ran.code === 255) throw gatewayGone(nameOf(target), ran.said);
	return ran;
}

const overSsh =
	'what needs nothing there: modemscope watch --ssh, modemscope at --catch --ssh (docs/watch.md).';

function demandFits(name: string, { machine, libcs, unpacksXz }: Gateway, given: Package): void {
	const refuse = (says: string, next = overSsh) => {
		throw new Problem(exitCode.failed, says, { next });
	};
	const architecture = architectures[machine];
	if (architecture === undefined) {
		refuse(
			`${name} is a machine of ${sanitize(machine) || 'an unknown kind'}: the single file is for x86_64 and aarch64.`,
		);
	}
	if (!libcs.includes('glibc'))
		refuse(
			`${name} has ${libcs.includes('musl') ? 'musl' : 'no glibc'}: the single file needs glibc.`,
		);
	const named = /linux-(x64|arm64)/.exec(basename(given.path))?.[1];
	const is = given.isArchive ? named : process.arch;
	if (is !== undefined && is !== architecture) {
		refuse(
			`${name} is ${architecture}, and ${sanitize(basename(given.path))} is for ${is}.`,
			`give it the archive whose name ends in linux-${architecture}.tar.xz.`,
		);
	}
	if (given.isArchive && !unpacksXz)
		refuse(
			`${name} has no unxz to unpack it.`,
			'unpack it here, and give the file modemscope in it.',
		);
}

function noRoom(name: string, { folders, memory }: Gateway, folder: string | undefined): Problem {
	const most = Math.max(0, ...folders.map(({ free }) => free));
	const where = folder === undefined ? 'no folder' : `no room in ${sanitize(folder)}`;
	return new Problem(
		exitCode.failed,
		`${name} has ${where} that runs programs and holds 130 MB: ${Math.floor(most / 1000)} MB on disk, ${Math.floor(memory / 1000)} MB of memory are free.`,
		{ next: `name another with --to, or use ${overSsh}` },
	);
}

const notCopied = (name: string, { said, code }: Ran) =>
	new Problem(
		exitCode.failed,
		`The copy to ${name} broke off${said === '' ? ` (${code})` : `: ${said}`}.`,
		{ modem: 'What was copied is removed.', next: 'try it again.' },
	);

const doesNotRun = (name: string, { said, code }: Ran) =>
	new Problem(
		exitCode.failed,
		`modemscope does not run on ${name}: ${said || `it ended with ${code}`}.`,
		{
			modem: 'What was copied is removed.',
			next: `use ${overSsh}`,
		},
	);
