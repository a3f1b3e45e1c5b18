/** Who runs on this machine and who holds a node open, by proc (proc(5)). */
import { closeSync, openSync, readdirSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Its words are its own: what shows them makes them safe. */
export type Process = {
	readonly pid: number;
	/** As the kernel names it, 15 characters at most: `ModemManager`. */
	readonly name: string;
	/** With its arguments, as far as {@link longest} reaches. */
	readonly command: string;
};

/** Bytes: a program may have two million of arguments (execve(2)), and a user thousands of programs. */
const longest = 4096;

export type Holders = {
	readonly holders: readonly Process[];
	/** False when there are processes that this user may not look into. */
	readonly sawAll: boolean;
};

/** Every process that this user may see. */
export const allProcesses = (proc: string): Process[] =>
	pidsIn(proc)
		.filter((pid) => pid !== process.pid)
		.map((pid) => about(proc, pid));

/** Processes of that name. */
export const processesNamed = (proc: string, name: string): Process[] =>
	pidsIn(proc)
		.filter((pid) => nameOf(proc, pid) === name)
		.map((pid) => about(proc, pid));

/** O_PATH of open(2), as Linux has it on every machine that Node runs on. */
const pathOnly = 0o10_000_000;

/**
 * Other processes that have the node at `path` open, by whatever name it was opened. One that only
 * names it (O_PATH) does not: udevd does so for a moment with each new node, to set its rights
 * (udev_node_apply_permissions in systemd's udev-node.c).
 */
export function holdersOf(proc: string, path: string): Holders {
	const node = realPath(path);
	let sawAll = true;
	const holders = pidsIn(proc).filter((pid) => {
		if (pid === process.pid) return false;
		const folder = join(proc, String(pid), 'fd');
		try {
			return readdirSync(folder).some(
				(fd) => linkOf(join(folder, fd)) === node && !namesOnly(proc, pid, fd),
			);
		} catch (error) {
			// A process that has just ended holds nothing.
			if ((error as NodeJS.ErrnoException).code === 'EACCES') sawAll = false;
			return false;
		}
	});
	return { holders: holders.map((pid) => about(proc, pid)), sawAll };
}

function namesOnly(proc: string, pid: number, fd: string): boolean {
	const info = processText(proc, pid, join('fdinfo', fd));
	const flags = /^flags:\s*([0-7]+)/m.exec(info ?? '')?.[1];
	return flags !== undefined && (Number.parseInt(flags, 8) & pathOnly) !== 0;
}

/** The processes that run. */
export function pidsIn(proc: string): number[] {
	try {
		return readdirSync(proc)
			.filter((name) => /^\d+$/.test(name))
			.map(Number);
	} catch {
		return [];
	}
}

const about = (proc: string, pid: number): Process => {
	const name = nameOf(proc, pid) ?? 'a process';
	const command = processText(proc, pid, 'cmdline')?.replaceAll('\0', ' ').trim();
	return { pid, name, command: command || name };
};

const nameOf = (proc: string, pid: number): string | undefined =>
	processText(proc, pid, 'comm')?.trim();

/** The beginning of what proc says of a process in this file; undefined when it is not to be had. */
export function processText(proc: string, pid: number, name: string): string | undefined {
	try {
		const file = openSync(join(proc, String(pid), name), 'r');
		try {
			const bytes = Buffer.alloc(longest);
			return bytes.toString('utf8', 0, readSync(file, bytes));
		} finally {
			closeSync(file);
		}
	} catch {
		return undefined;
	}
}

function linkOf(path: string): string | undefined {
	try {
		return readlinkSync(path);
	} catch {
		return undefined;
	}
}

function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
