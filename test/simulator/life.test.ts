import { expect, test } from 'vitest';
import { scenarios } from '../../source/simulator/modem/scenarios.ts';
import { meet } from './host.ts';

const live = (name: string, seed = 1) => meet(name, { seed });

test('a boot loop comes for two to three seconds and stays away for ten to fifteen', async () => {
	const { clock, life, modem } = await live('boot-loop');
	await clock.sleep(120);
	expect(life.length).toBeGreaterThan(12);
	for (const [index, { t, device }] of life.entries()) {
		const next = life[index + 1];
		if (!next) break;
		const [shortest, longest] = device ? [2, 3] : [10, 15];
		expect(next.t - t).toBeGreaterThanOrEqual(shortest);
		expect(next.t - t).toBeLessThanOrEqual(longest + 0.01);
	}
	await modem.stop();
});

test('its device number grows and its path stays', async () => {
	const { clock, life, modem } = await live('boot-loop');
	await clock.sleep(60);
	const came = life.flatMap(({ device }) => device ?? []);
	expect(came.map(({ number }) => number)).toEqual(came.map((_, index) => 59 + index));
	expect(new Set(came.map(({ path }) => path))).toEqual(new Set(['3-1']));
	await modem.stop();
});

test('the application has the four interfaces of the field case', async () => {
	const { backend, modem } = await live('boot-loop');
	expect(backend.device?.interfaces.map(({ number, nodes }) => [number, nodes])).toEqual([
		[0, ['ttyUSB0']],
		[2, ['ttyUSB1']],
		[3, ['ttyUSB2']],
		[8, ['cdc-wdm0', 'wwan0']],
	]);
	await modem.stop();
});

test('a healthy modem and one that is held stay as they are', async () => {
	for (const [name, interfaces] of [
		['healthy', 4],
		['loader', 1],
		['stuck', 1],
	] as const) {
		const { clock, life, modem } = await live(name);
		await clock.sleep(600);
		expect(life.map(({ device }) => device?.interfaces.length)).toEqual([interfaces]);
		await modem.stop();
	}
});

test('six early resets make a loader with error detection hold', async () => {
	const { clock, life, modem } = await live('error-detection');
	await clock.sleep(300);
	const came = life.flatMap(({ device }) => device?.interfaces.length ?? []);
	expect(came).toEqual([4, 4, 4, 4, 4, 4, 1]);
	await modem.stop();
});

test('the same seed gives the same life, another seed another', async () => {
	const lives = [];
	for (const seed of [7, 7, 8]) {
		const { clock, life, modem } = await live('boot-loop', seed);
		await clock.sleep(60);
		lives.push(life.map(({ t }) => t.toFixed(2)).join(' '));
		await modem.stop();
	}
	expect(lives[0]).toBe(lives[1]);
	expect(lives[0]).not.toBe(lives[2]);
});

test('a modem that was stopped is gone and does not come back', async () => {
	const { clock, life, modem, backend } = await live('boot-loop');
	await modem.stop();
	expect(backend.device).toBeUndefined();
	const before = life.length;
	await clock.sleep(60);
	expect(life.length).toBe(before);
});

test('every scenario says in one line what it is', () => {
	for (const { name, says } of scenarios) {
		expect(name).toMatch(/^[a-z-]+$/);
		expect(says).toMatch(/^[A-Z].{10,90}\.$/);
	}
	expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});
