/** A real sshd on loopback whose shell is busybox's, and the words that lead ssh to it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sshd = '/usr/sbin/sshd';
const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));

/** Undefined where this machine has what is needed, else what it lacks. */
export async function lacks(): Promise<string | undefined> {
	if (process.getuid?.() !== 0) return 'root, as whom sshd runs';
	if (!existsSync(sshd)) return 'openssh-server';
	if (busybox === undefined) return 'busybox';
	// Some containers let nobody log in.
	const { target, stop } = await startSshd('echo in');
	const { stdout, stderr } = spawnSync('ssh', ['-T', ...target.split(' '), 'true'], {
		encoding: 'utf8',
	});
	stop();
	return stdout === 'in\n' ? undefined : `an sshd that lets root log in: ${stderr.trim()}`;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

const answers = (port: number) =>
	new Promise<boolean>((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});

/** Whatever is asked of it, it runs `shell`, or what is asked in place of it. */
export async function startSshd(shell = `exec ${busybox} sh -s`) {
	const folder = mkdtempSync(join(tmpdir(), 'ms-sshd-'));
	const port = await freePort();
	const at = (name: string) => join(folder, name);
	for (const key of ['host', 'id']) {
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
	}
	mkdirSync('/run/sshd', { recursive: true });
	const settings = {
		Port: port,
		ListenAddress: '127.0.0.1',
		HostKey: at('host'),
		AuthorizedKeysFile: at('id.pub'),
		StrictModes: 'no',
		UsePAM: 'no',
		PidFile: 'none',
		ForceCommand: shell,
	};
	const lines = Object.entries(settings).map(([key, value]) => `${key} ${value}`);
	writeFileSync(at('sshd_config'), `${lines.join('\n')}\n`);
	const running = spawn(sshd, ['-D', '-e', '-f', at('sshd_config')], { stdio: 'ignore' });
	while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
	const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
	return {
		target: `-p ${port} -i ${at('id')} ${options.map((one) => `-o ${one}`).join(' ')} root@127.0.0.1`,
		stop: () => {
			running.kill();
			rmSync(folder, { recursive: true });
		},
	};
}
