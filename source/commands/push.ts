import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getBuiltinModule } from 'node:process';
import { type Package, push } from '../gateway/push.ts';
import { quoted, wordsOf } from '../gateway/shell.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import type { Output } from './common/command.ts';
import type { PushFlags } from './common/options.ts';

/** `modemscope push`: the single file onto a gateway, and its console there on this terminal. */
export async function pushCommand(
	[target = '', archive]: readonly string[],
	flags: PushFlags,
	output: Output,
): Promise<ExitCode> {
	const { path, folder, version } = await push(target, given(archive), flags.to, output.say);
	output.out(`modemscope ${version} is ${path} there.`);
	const words = wordsOf(target);
	if (flags.copyOnly || !process.stdout.isTTY) {
		output.out(`Start it: ssh -t ${words.join(' ')} ${path}`);
		output.out(`Remove it: ssh ${words.join(' ')} rm -r ${folder}`);
		return exitCode.done;
	}
	const ssh = spawn('ssh', ['-t', ...words, quoted(path)], { stdio: 'inherit' });
	await once(ssh, 'close');
	return exitCode.done;
}

/** The archive that was named, or this program itself where it is a single file. */
function given(archive: string | undefined): Package {
	if (archive !== undefined) return { path: archive, isArchive: /\.tar\.xz$/.test(archive) };
	if (getBuiltinModule('node:sea').isSea()) return { path: process.execPath, isArchive: false };
	throw new Problem(exitCode.usage, 'This modemscope is no single file that could be copied.', {
		next: 'name the archive of a release: modemscope push root@gw modemscope-linux-arm64.tar.xz.',
	});
}
