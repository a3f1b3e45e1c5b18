import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../source/flash/download/firehose.ts';
import { probeLoader } from '../../source/flash/loader/probe.ts';
import type { ResumePoint } from '../../source/flash/model/resume.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { runFlash } from '../../source/flash/run/run.ts';
import { type Link, LinkLost } from '../../source/link/link.ts';
import { openPort } from '../../source/link/open.ts';
import { recordTraffic } from '../../source/link/traffic-recorder.ts';
import { exitCode } from '../../source/problem.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';
import { listen, meetInFolder, newFolder, smallFirehosePair, smallPair } from './rehearse.ts';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

async function meetPair(scenario = 'loader', but: Partial<Scenario> = {}) {
	const met = await meetInFolder(scenario, but);
	const files = await (scenario === 'loader' ? smallFirehosePair : smallPair)();
	const size = files.reduce((sum, file) => sum + file.size, 0);
	const device = [...(await listDevices(met.host.sysfs)).values()][0]!;
	const said = listen(met.host.clock);
	/** Goes on with the second file. */
	const sendRest = async (but: Partial<ResumePoint> = {}) => {
		const resume = { accepted: 1, size, loader: device.number!, ...but };
		const checked = files.map((file) => ({ file, checks: [] }));
		const plan = await makePlan({ host: met.host, files: checked, device, mode: 'rest', resume });
		return runFlash(met.host, files, plan, 5, said.context);
	};
	const end = () => said.of('flash-ended')[0];
	return { ...met, files, said, sendRest, end };
}

/** Flashes until so many bytes were written to the port, and loses it there. */
async function diedAfter({ host, files }: Awaited<ReturnType<typeof meetPair>>, bytes: number) {
	const said = listen(host.clock);
	const link = await openPort(`${host.dev}/ttyUSB0`, host.clock);
	onTestFinished(() => link.close());
	let left = bytes;
	const cut: Link = {
		...link,
		read: (...given) => link.read(...given),
		unread: (given) => link.unread(given),
		close: () => link.close(),
		write: async (out) => {
			left -= out.length;
			if (left < 0) throw new LinkLost(link.port, 'the process died');
			return link.write(out);
		},
	};
	await probeLoader(cut, said.context);
	await expect(
		download(recordTraffic(cut, said.context.emit), files, said.context),
	).rejects.toThrow('the process died');
	expect(said.of('flash-phase').at(-1)).toMatchObject({
		phase: 'write',
		state: 'running',
		detail: expect.stringContaining('file 2 of 2'),
	});
	await link.close();
}

describe('the rest of several files', () => {
	it.each(['loader', 'loader-qdl'])(
		'is not sent to another loader than the %s of before',
		async (name) => {
			const { sendRest, end, said } = await meetPair(name);
			expect(await sendRest({ loader: 58 })).toBe(exitCode.failedDuringWrite);
			expect(end()).toMatchObject({
				message: 'The modem was restarted since.',
				modem: '1 of 2 files are written and accepted; they may not run without the rest.',
			});
			expect(said.of('bytes').filter(({ dir }) => dir === 'out')).toEqual([]);
		},
	);

	it('is not sent to a loader that says HELLO, which nothing is said to', async () => {
		const { sendRest, end, said } = await meetPair();
		expect(await sendRest()).toBe(exitCode.failedDuringWrite);
		expect(end()?.message).toBe('The loader says HELLO: the modem was restarted since.');
		expect(said.of('bytes').filter(({ dir }) => dir === 'out')).toEqual([]);
	});

	it('is not sent to a loader that still waits for the second file’s bytes', async () => {
		const met = await meetPair();
		const [first, second] = met.files;
		await diedAfter(met, first!.size + second!.size);
		expect(await met.sendRest()).toBe(exitCode.failedDuringWrite);
		expect(met.end()?.message).toBe('The loader says nothing any more.');
		expect(met.said.of('payload')).toEqual([]);
	});

	it('is not sent when the files have changed', async () => {
		const { sendRest } = await meetPair();
		await expect(sendRest({ size: 1 })).rejects.toMatchObject({
			exit: exitCode.fileRejected,
			message: expect.stringContaining('not those of the flash that stopped'),
		});
	});

	it.each(['loader', 'loader-qdl'])('goes to the %s, and the first file does not', async (name) => {
		const { sendRest, said, files, host, end } = await meetPair(name);
		if (name === 'loader') {
			const link = await openPort(`${host.dev}/ttyUSB0`, host.clock);
			await probeLoader(link, listen(host.clock).context);
			await link.close();
		}
		// The old firmware still runs here: only the settings came.
		expect(await sendRest()).toBe(exitCode.writtenButUnchecked);
		expect(end()?.message).toContain('not 0');
		expect(new Set(said.of('payload').map(({ file }) => file))).toEqual(new Set([files[1]!.name]));
		const progress = said.of('flash-progress');
		expect(progress[0]?.sent).toBe(files[0]!.size);
		expect(progress.at(-1)?.sent).toBe(progress[0]?.total);
	});
});

it.each(['loader', 'loader-qdl'])(
	'a port that is lost between two files leaves the %s with the first one',
	async (name) => {
		const { host, modem, files, said, end } = await meetPair(name, { restSeconds: 20 });
		const device = [...(await listDevices(host.sysfs)).values()][0]!;
		const checked = files.map((file) => ({ file, checks: [] }));
		const plan = await makePlan({ host, files: checked, device });
		const ended = runFlash(host, files, plan, 5, said.context);
		while (!said.phases().includes('commit done')) await host.clock.sleep(0.1);
		modem.powerCycle({ strapLow: true });
		expect(await ended).toBe(exitCode.failedDuringWrite);
		expect(end()?.modem).toBe(
			'1 of 2 files are written and accepted; they may not run without the rest.',
		);
	},
);
