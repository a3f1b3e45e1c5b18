/** What it costs to look at sixteen modems on one host, each in its boot loop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsbDevice } from '../source/events.ts';
import { models } from '../source/modems/simulated.ts';
import { signRehearsal } from '../source/simulator/backend/rehearsal.ts';
import { addDevice, addRootHub, removeDevice } from '../source/simulator/backend/sysfs-tree.ts';
import { applicationDevice } from '../source/simulator/device/devices.ts';
import { createJitter } from '../source/simulator/device/jitter.ts';
import { cpuOf, load, memoryOf, open, say, sleep } from './measure.ts';

const modems = 16;
/** Seconds of a measurement: some seventy comings. */
const seconds = 60;

/** The loop of the field case, at its own speed: 2 to 3 s there, 10 to 15 s gone. */
async function loop(folder: string, index: number, next: () => number): Promise<never> {
	const sysfs = join(folder, 'sys');
	const jitter = createJitter(index);
	await sleep(jitter(0, 15));
	for (;;) {
		const device = deviceAt(index, next());
		const nodes = device.interfaces.flatMap((one) => one.nodes).filter((name) => /^tty/.test(name));
		for (const node of nodes) writeFileSync(join(folder, 'dev', node), '');
		addDevice(sysfs, device);
		await sleep(jitter(2, 3));
		removeDevice(sysfs, device);
		for (const node of nodes) rmSync(join(folder, 'dev', node));
		await sleep(jitter(10, 15));
	}
}

/** Each modem has nodes of its own. */
function deviceAt(index: number, number: number): UsbDevice {
	const device = applicationDevice(models.RC7620, number);
	const named = (node: string) =>
		node.replace(/\d+$/, (own) => String(Number(own) + index * (node.startsWith('tty') ? 3 : 1)));
	return {
		...device,
		path: `3-${index + 1}`,
		interfaces: device.interfaces.map((one) => ({ ...one, nodes: one.nodes.map(named) })),
	};
}

/** Plays the host until it is killed: a process of its own, whose time is not the watcher's. */
async function play(folder: string): Promise<void> {
	mkdirSync(join(folder, 'dev'), { recursive: true });
	addRootHub(join(folder, 'sys'));
	let number = 2;
	for (let index = 0; index < modems; index++) void loop(folder, index, () => number++);
	const rehearsal = { pid: process.pid, scenario: 'boot-loop', speed: 1, image: '' };
	await signRehearsal(folder, rehearsal);
}

/** The share of a core that a command takes which writes to nobody. */
async function shareOf(child: ChildProcess): Promise<string> {
	await sleep(5);
	const before = cpuOf(child.pid!);
	await sleep(seconds);
	return `${(((cpuOf(child.pid!) - before) / seconds) * 100).toFixed(1)} % of a core`;
}

export async function manyModems(program: string): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'ms-bench-'));
	const host = spawn(process.execPath, [import.meta.filename, folder], { stdio: 'ignore' });
	while (!existsSync(join(folder, 'rehearsal.json'))) await sleep(0.05);
	const watch = spawn(process.execPath, [program, 'watch', '--rehearsal', folder], {
		stdio: 'ignore',
	});
	say(`watch, ${modems} modems in boot loops`, await shareOf(watch));
	watch.kill();
	const screen = open(['--rehearsal', folder]);
	await screen.shows(/\[1 USB\]/);
	await sleep(5);
	say(`the console, ${modems} modems in boot loops`, await load(screen, seconds));
	say('memory in them', memoryOf(screen.pid));
	screen.close();
	host.kill();
	rmSync(folder, { recursive: true, force: true });
}

if (process.argv[1] === import.meta.filename) await play(process.argv[2]!);
