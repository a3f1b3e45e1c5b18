import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newFolder, program } from './program.ts';

/** Modem seconds in one of the wall. */
const usualSpeed = 20;

/** modemscope run on the rehearsal in `folder`, with a state of its own. */
export function programOn(folder: string) {
	const state = newFolder();
	const start = (...args: string[]): ChildProcess =>
		spawn(process.execPath, [program, ...args], {
			env: { ...process.env, XDG_STATE_HOME: state },
			// Where the process of a flash is meant, its request comes there.
			stdio: [args.includes('--job') ? 'pipe' : 'ignore', 'pipe', 'pipe'],
		});
	const run = (...args: string[]) => ended(start(...args, '--rehearsal', folder));
	/** True once a recording of this state holds this text. */
	const says = (text: string): boolean => {
		const recordings = join(state, 'modemscope/recordings');
		if (!existsSync(recordings)) return false;
		const texts = readdirSync(recordings).map((name) =>
			readFileSync(join(recordings, name), 'utf8'),
		);
		return texts.some((held) => held.includes(text));
	};
	return { folder, state, run, start, says };
}

/** A simulated modem in a process of its own, and modemscope run on it. */
export async function rehearse(scenario: string, speed = usualSpeed) {
	const program = programOn(newFolder());
	const { folder, start } = program;
	const plugIn = async (name: string) => {
		const modem = start('simulate', name, '--socket', folder, `--speed=${speed}`);
		onTestFinished(() => void modem.kill());
		await until(() => existsSync(join(folder, 'rehearsal.json')));
		return modem;
	};
	let modem = await plugIn(scenario);
	/** Takes the power away and gives it back to a modem that behaves in another way. */
	const powerCycle = async (name: string) => {
		modem.kill('SIGTERM');
		await once(modem, 'exit');
		await until(() => !existsSync(join(folder, 'rehearsal.json')));
		modem = await plugIn(name);
	};
	const image = join(folder, 'RC76xx_rehearsal_GENERIC_7620.spk');
	return { ...program, image, powerCycle };
}

/** The process of the flash that runs, by its record: asking modemscope would take too long. */
export function pidOfFlash(state: string): number {
	const locks = join(state, 'modemscope/locks');
	const [name] = readdirSync(locks).filter((entry) => entry.endsWith('.json'));
	return JSON.parse(readFileSync(join(locks, name!), 'utf8')).pid;
}

export async function until(met: () => boolean, seconds = 20) {
	const deadline = performance.now() + seconds * 1000;
	while (!met()) {
		if (performance.now() > deadline) throw new Error('it did not come to that');
		await new Promise((wake) => setTimeout(wake, 10));
	}
}

export async function ended(child: ChildProcess) {
	let out = '';
	let err = '';
	child.stdout?.on('data', (chunk) => {
		out += chunk;
	});
	child.stderr?.on('data', (chunk) => {
		err += chunk;
	});
	const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
	return { exit, out, err };
}
