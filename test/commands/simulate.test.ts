import { existsSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SimulateOptions, simulate } from '../../source/commands/simulate/simulate.ts';
import { newFolder } from './program.ts';

const silent = { speed: 1, out: () => {} };

test('--json says when the modem came and went, in its time and in this machine’s', async () => {
	const facts: Record<string, unknown>[] = [];
	const enough = new AbortController();
	const out = (line: string) => {
		const fact = JSON.parse(line);
		facts.push(fact);
		if (facts.filter(({ type }) => type === 'usb-went').length === 2) enough.abort();
	};
	const options = { usbipPort: 0, speed: 50, seed: 7, json: true, out, signal: enough.signal };
	expect(await simulate('exact-loop', options)).toBe(0);
	const life = facts.filter(({ type }) => type !== 'note');
	expect(life.slice(0, 4).map(({ type }) => type)).toEqual([
		'usb-came',
		'usb-went',
		'usb-came',
		'usb-went',
	]);
	expect(life[0]).toMatchObject({ device: { vid: '1199', pid: '68c0' } });
	const times = facts.map(({ t }) => Number(t));
	expect(times).toEqual(times.toSorted((a, b) => a - b));
	for (const { at } of facts) expect(new Date(String(at)).toISOString()).toBe(at);
	expect(facts.map(({ text }) => text).join()).toContain('usbip --tcp-port');
});

test('firmware to practise with is written where it is asked for', async () => {
	const folder = newFolder();
	const lines: string[] = [];
	const stop = new AbortController();
	const out = (line: string) => {
		lines.push(line);
		if (line.startsWith('Plug it in')) stop.abort();
	};
	const options = { usbipPort: 0, speed: 50, firmware: `${folder}/new`, out, signal: stop.signal };
	await simulate('loader', options);
	const path = lines.join('\n').match(/Its firmware is (.*)\./)?.[1];
	expect(existsSync(path!)).toBe(true);
	rmSync(folder, { recursive: true });
});

test.each<[string, Partial<SimulateOptions>, RegExp]>([
	['no place', {}, /0 are named/],
	['two places', { usbip: true, socket: '/tmp/x' }, /2 are named/],
	['a port that is none', { usbipPort: 70_000 }, /not a TCP port/],
	['a lease without a folder', { usbipPort: 0, lease: true }, /only a modem in a folder/],
	['a seed that is none', { usbipPort: 0, seed: 1.5 }, /whole number/],
])('%s is refused with the next step', async (_, options, why) => {
	await expect(simulate('loader', { ...silent, ...options })).rejects.toThrow(why);
});
