import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { sharedFiles } from '../program.ts';
import type { Output } from './common/command.ts';

/** What comes with the program, and where below a prefix such as /usr/local its readers look for it. */
export const shippedFiles: readonly (readonly [file: string, place: string])[] = [
	['man/modemscope.1', 'share/man/man1/modemscope.1'],
	['completions/modemscope.bash', 'share/bash-completion/completions/modemscope'],
	['completions/_modemscope', 'share/zsh/site-functions/_modemscope'],
	['completions/modemscope.fish', 'share/fish/vendor_completions.d/modemscope.fish'],
	['system/70-modemscope.rules', 'lib/udev/rules.d/70-modemscope.rules'],
	['system/modemscope-guard.service', 'lib/systemd/system/modemscope-guard.service'],
	['modemscope.lua', 'share/modemscope/modemscope.lua'],
	['LICENSE', 'share/doc/modemscope/LICENSE'],
];
/** The single file alone has these: of Node.js, and of all that is bundled. */
const licences = ['LICENCES', 'share/doc/modemscope/LICENCES'] as const;

/** `modemscope files DIR`: writes the files that come with the program below this prefix, and names each. */
export async function files(prefix: string, { out, say }: Output): Promise<ExitCode> {
	const shared = await sharedFiles();
	const listed = existsSync(join(shared, licences[0])) ? [...shippedFiles, licences] : shippedFiles;
	for (const [file, place] of listed) {
		const from = join(shared, file);
		const to = join(resolve(prefix), place);
		await put(from, to);
		out(to);
	}
	say('udev reads its rules after: udevadm control --reload && udevadm trigger');
	return exitCode.done;
}

/** Whole or not at all; a link that stands there is replaced, not followed. */
async function put(from: string, to: string): Promise<void> {
	const draft = `${to}.${randomUUID()}`;
	try {
		await mkdir(dirname(to), { recursive: true });
		await copyFile(from, draft);
		await rename(draft, to);
	} catch (cause) {
		await rm(draft, { force: true }).catch(() => {});
		const { code = cause } = cause as NodeJS.ErrnoException;
		throw new Problem(exitCode.noAccess, `${to} cannot be written (${code}).`, {
			next: 'name a folder that you may write, or use sudo.',
			cause,
		});
	}
}
