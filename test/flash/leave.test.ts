import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockHolder } from '../../source/flash/job/device-lock.ts';
import { leaveAlone } from '../../source/flash/job/leave.ts';
import { leaveLoader } from '../../source/flash/run/leave.ts';
import type { LoaderProtocol } from '../../source/modems/product.ts';
import { exitCode, Problem } from '../../source/problem.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { modeOf } from '../../source/usb/device/modes.ts';
import { PortWatch } from '../../source/usb/scan/port-watch.ts';
import { install } from './install.ts';
import { listen, meetInFolder, newFolder } from './rehearse.ts';

async function leave(scenario: string, protocol?: LoaderProtocol, but: Partial<Scenario> = {}) {
	const { host, modem } = await meetInFolder(scenario, but, 40);
	const said = listen(host.clock);
	const usb = await PortWatch.start(host, '3-1', said.context.emit);
	const ended = await leaveLoader(host, usb, protocol, said.context).catch((error: unknown) => {
		if (error instanceof Problem) return error;
		throw error;
	});
	usb.stop();
	return { ended, modem, said };
}

const left = async (...given: Parameters<typeof leave>) => {
	const { ended } = await leave(...given);
	if (ended instanceof Problem) throw ended;
	expect(modeOf(ended.device)).toBe('application');
	return ended.by;
};

describe('a held loader is left', () => {
	it('by Sahara RESET, once it has said HELLO and also when that was missed', async () => {
		expect(await left('loader', 'sahara')).toBe('Sahara');
		expect(await left('loader')).toBe('Sahara');
		expect(await left('loader', 'sahara', { helloConsumed: true })).toBe('Sahara');
	});
	it('by Sahara RESET, when junk came to it before', async () => {
		expect(await left('spoiled', 'sahara', { strapLow: false })).toBe('Sahara');
	});
	it('by the reset of Firehose, when somebody switched to it before', async () => {
		expect(await left('loader', 'sahara', { loader: 'firehose' })).toBe('Firehose');
	});
	it('by the reset of QDL, whether its chip is known or not', async () => {
		expect(await left('loader-qdl', 'qdl')).toBe('QDL');
		expect(await left('loader-qdl')).toBe('QDL');
	});
	it('the emergency loader by Sahara RESET', async () => {
		expect(await left('emergency', undefined, { strapLow: false })).toBe('Sahara');
	});
});

describe('what cannot be left is said', () => {
	it('with TP1 low it comes back to its loader', async () => {
		const { ended } = await leave('loader', 'sahara', { strapLow: true });
		expect(ended).toMatchObject({
			exit: exitCode.refusedBeforeWrite,
			message: 'The modem reset, and came back to its loader.',
			next: expect.stringMatching(/^let go of TP1 and power cycle it;/),
		});
	});
	it('a port that takes no reset is still there', async () => {
		const { ended } = await leave('loader', 'sahara', { loader: 'mute' });
		expect(ended).toMatchObject({
			exit: exitCode.refusedBeforeWrite,
			message: 'The loader takes no reset: it is still there.',
		});
	});
	it('an application has no loader to leave', async () => {
		const { ended } = await leave('healthy');
		expect(ended).toMatchObject({ message: expect.stringContaining('there is none to leave') });
	});
	it('nothing is written to the modem on the way', async () => {
		const { modem } = await leave('loader', 'sahara');
		expect(modem.release).toMatchObject({ firmware: '00.03.03.00' });
	});
});

describe('a loader that is left is left alone by others', () => {
	async function begin(proc?: string) {
		const { host: folderHost } = await meetInFolder('loader', {}, 40);
		const host = proc === undefined ? folderHost : { ...folderHost, proc };
		const said = listen(host.clock);
		const usb = await PortWatch.start(host, '3-1', said.context.emit);
		onTestFinished(() => usb.stop());
		const leaving = () => leaveAlone(host, usb, usb.device!, undefined, said.context);
		return { host, said, leaving };
	}

	it('by a flash and by another one that leaves it: it has the lock of the modem', async () => {
		const { host, leaving } = await begin();
		const first = leaving();
		const [second, holder] = [leaving(), lockHolder(host, '3-1')];
		await expect(second).rejects.toMatchObject({
			exit: exitCode.noAccess,
			message: `The boot loader of RC7620 at 3-1 is being left (process ${process.pid}).`,
		});
		expect(await holder).toMatchObject({ model: 'RC7620', pid: process.pid });
		expect((await first).by).toBe('Sahara');
		expect(await lockHolder(host, '3-1')).toBeUndefined();
	});

	it.each([
		['is kept off', 'echo "successfully inhibited device with uid"; exec sleep 1000'],
		['is not kept off', 'echo "error: Modem not exported in the bus" >&2; exit 1'],
	])('by ModemManager, or it is told: it %s', async (told, script) => {
		const proc = newFolder();
		mkdirSync(join(proc, '42'));
		writeFileSync(join(proc, '42/comm'), 'ModemManager\n');
		install('mmcli', script);
		const { said, leaving } = await begin(proc);
		expect((await leaving()).by).toBe('Sahara');
		const texts = said.of('note').map(({ text }) => text);
		const first = texts.findIndex((text) => text.includes(`ModemManager ${told} this modem`));
		expect(first).toBeGreaterThanOrEqual(0);
		expect(first).toBeLessThan(texts.indexOf('asking for a reset: Sahara'));
	});
});
