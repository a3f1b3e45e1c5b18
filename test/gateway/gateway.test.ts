import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { withAtChannel } from '../../source/at/port.ts';
import { createClock } from '../../source/clock.ts';
import { catchOverSsh } from '../../source/commands/at/catch-ssh.ts';
import type { Output } from '../../source/commands/common/command.ts';
import type { AtFlags } from '../../source/commands/common/options.ts';
import { catchOnGateway } from '../../source/gateway/catch.ts';
import { mirrorGateway } from '../../source/gateway/mirror.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { watchUsb } from '../../source/usb/scan/watch.ts';
import { folderHost, listener } from '../usb/folder.ts';
import { lacks, startSshd } from './sshd.ts';

const missing = await lacks();
if (missing) console.log(`SKIPPED: a gateway over ssh needs ${missing}.`);

/** The folder of a rehearsal on the other side, whose modem comes and goes by hand. */
function far() {
	const { host, add, remove } = folderHost();
	mkdirSync(host.dev);
	const folder = host.rehearsal ?? '';
	const application = applicationDevice(models.RC7620, 7);
	const loader = loaderDevice(models.RC7620, 8);
	const nodes = (device: typeof loader) =>
		device.interfaces.flatMap((one) => one.nodes.filter((node) => node.startsWith('tty')));
	return {
		folder,
		application,
		loader,
		come: (device: typeof loader, lead: string | undefined = undefined) => {
			for (const node of nodes(device)) {
				if (lead) symlinkSync(lead, join(host.dev, node));
				else writeFileSync(join(host.dev, node), '');
			}
			add(device);
		},
		go: (device: typeof loader) => {
			remove(device);
			for (const node of nodes(device)) rmSync(join(host.dev, node));
		},
	};
}

/** A terminal whose other side is the modem: what is written there comes here. */
async function terminal() {
	const pty = spawnPty('sh', ['-c', 'stty raw -echo; tty; exec sleep 1000'], {});
	onTestFinished(() => pty.kill('SIGKILL'));
	let heard = '';
	pty.onData((text) => {
		heard += text;
	});
	const until = async (met: () => boolean) => {
		while (!met()) await new Promise((resolve) => setTimeout(resolve, 2));
	};
	await until(() => heard.includes('\n'));
	const path = heard.trim();
	heard = '';
	return {
		path,
		heard: () => heard,
		say: (text: string) => pty.write(text),
		hears: (wanted: string) => until(() => heard.includes(wanted)),
	};
}

it('arms one command at a time, for the next window only', async () => {
	const flags = { catch: false, yes: [], json: false } as unknown as AtFlags;
	const output = {
		out: () => {},
		say: () => {},
		write: () => {},
		columns: 80,
	} as unknown as Output;
	await expect(catchOverSsh('gw', ['ATI'], flags, output)).rejects.toMatchObject({ exit: 2 });
	const two = catchOverSsh('gw', ['ATI', 'AT+CSQ'], { ...flags, catch: true }, output);
	await expect(two).rejects.toMatchObject({ exit: 2, modem: 'Nothing was sent.' });
});

describe.skipIf(missing)('a gateway that has only a shell', () => {
	let ssh: Awaited<ReturnType<typeof startSshd>>;
	beforeAll(async () => {
		ssh = await startSshd();
	});
	afterAll(() => ssh.stop());

	it('shows its modem coming, changing life and going, as one that is plugged in here', async () => {
		const { folder, application, loader, come, go } = far();
		come(application);
		const mirror = await mirrorGateway(ssh.target, folder);
		onTestFinished(mirror.close);
		const { said, emit, count } = listener();
		const usb = await watchUsb(mirror.host, emit, () => true);
		onTestFinished(() => usb.stop());
		await count(1);
		go(application);
		await count(2);
		come(loader);
		await count(3);
		expect(said).toMatchObject([
			{ type: 'usb-came', found: true, device: application },
			{ type: 'usb-went', path: '3-1' },
			{ type: 'usb-came', device: loader },
		]);
	});

	it('says why when the connection ends', async () => {
		const own = await startSshd();
		const { folder } = far();
		const mirror = await mirrorGateway(own.target, folder);
		onTestFinished(mirror.close);
		own.stop();
		// The daemon's child carries the connection on; a gateway that reboots takes it along.
		mirror.close();
		expect((await mirror.ended).sentence).toMatch(
			/^The connection to root@127\.0\.0\.1 ended.*Next: see whether "ssh root@127\.0\.0\.1" works/,
		);
	});

	it.each([
		['an address where nobody answers', '-p 1 root@127.0.0.1', /Connection refused/],
		['a machine without USB', '', /shows no USB/],
	])('refuses %s in a sentence', async (_, target, why) => {
		await expect(mirrorGateway(target || ssh.target, '/nowhere')).rejects.toThrow(why);
	});

	it('catches the AT port in its window, five of five', async () => {
		const clock = createClock();
		const within: number[] = [];
		for (let round = 0; round < 5; round++) {
			const { folder, application, come } = far();
			const { path, say, hears } = await terminal();
			const request = {
				root: folder,
				line: 'AT!BOOTHOLD',
				seconds: 30,
				path: undefined,
				node: undefined,
			};
			const stop = new AbortController().signal;
			const comes = () => come(application, path);
			const caught = catchOnGateway(ssh.target, request, clock, stop, comes);
			await hears('AT!BOOTHOLD\r');
			say('AT!BOOTHOLD\r\r\nOK\r\n');
			const { link, within: seconds = Number.NaN } = (await caught)!;
			within.push(seconds * 1000);
			expect(link.port).toMatch(/^root@127\.0\.0\.1:.*ttyUSB2$/);
			const { said, emit } = listener();
			const { result } = await withAtChannel(
				{ ...folderHost().host, clock },
				'',
				emit,
				(channel) => channel.send('AT!BOOTHOLD', 10),
				async () => link,
			);
			expect(result).toBe('OK');
			expect(said.map(({ type }) => type)).toContain('at-answered');
		}
		// On a busy machine it takes what it takes; it is told each time.
		console.log(`sent within ${within.map(Math.round).join(' ')} ms of the port`);
		expect(within.every((time) => time >= 0)).toBe(true);
	});

	it('never writes into the port of a loader', async () => {
		const { folder, loader, come } = far();
		const { path, heard } = await terminal();
		come(loader, path);
		const request = { root: folder, line: 'ATI', seconds: 1, path: '3-1', node: undefined };
		const stop = new AbortController().signal;
		expect(
			await catchOnGateway(ssh.target, request, createClock(), stop, () => {}),
		).toBeUndefined();
		expect(heard()).toBe('');
	});
});
