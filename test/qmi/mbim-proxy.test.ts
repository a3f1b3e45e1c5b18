import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { readMbim, sayProxyConfiguration } from '../../source/protocol/qmi/mbim.ts';
import { openThroughProxy } from '../../source/qmi/mbim-proxy.ts';
import { newFolder } from '../flash/rehearse.ts';

const noDeviceSupport = 9;

/** What mbim-proxy does with its first message: it opens the port, and answers with a status. */
async function proxyThatAnswers(status: number) {
	const heard: Buffer[] = [];
	const server = createServer((client) => {
		client.on('data', (bytes: Buffer) => {
			heard.push(bytes);
			if (heard.length > 1) return client.write('shared');
			const answer = Buffer.from(bytes.subarray(0, 48));
			answer.writeUInt32LE(0x8000_0003, 0);
			answer.writeUInt32LE(48, 4);
			answer.writeUInt32LE(status, 40);
			answer.writeUInt32LE(0, 44);
			return client.write(answer);
		});
	});
	const path = join(newFolder(), 'proxy');
	await new Promise<void>((listening) => server.listen(path, listening));
	onTestFinished(() => void server.close());
	return { path, heard };
}

test('the port is asked for by its path, in the words of libmbim', () => {
	const bytes = sayProxyConfiguration(1, '/dev/x', 15);
	expect(bytes.toString('hex')).toBe(
		// COMMAND of 72 bytes, transaction 1, one fragment; Proxy Control, Configuration, set.
		'030000004800000001000000010000000000000' +
			'0838cf7fb8d0d4d7f871ed71dbefbb39b0100000001000000180000000c0000000c0000000f000000' +
			Buffer.from('/dev/x', 'utf16le').toString('hex'),
	);
	expect(readMbim(bytes)).toMatchObject({ kind: 'command', length: 72, isQmi: false });
});

test('a port that mbim-proxy has open is shared by it', async () => {
	const { path, heard } = await proxyThatAnswers(0);
	const link = await openThroughProxy('/dev/cdc-wdm0', createClock(1), path);
	await link.write(Buffer.from('asked'));
	expect((await link.read(30))?.toString()).toBe('shared');
	expect(heard.map((bytes) => bytes.toString('latin1'))[1]).toBe('asked');
	await link.close();
});

test('one that it does not share is told, as is a proxy that is not there', async () => {
	const { path } = await proxyThatAnswers(noDeviceSupport);
	await expect(openThroughProxy('/dev/cdc-wdm0', createClock(1), path)).rejects.toThrow(
		'mbim-proxy holds /dev/cdc-wdm0 and does not share it: it answered with status 9.',
	);
	const nowhere = join(newFolder(), 'none');
	await expect(openThroughProxy('/dev/cdc-wdm0', createClock(1), nowhere)).rejects.toThrow(
		/does not share it: .*ENOENT/,
	);
});
