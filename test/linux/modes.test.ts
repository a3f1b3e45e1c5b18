import { expect, test } from 'vitest';
import { meet, plugIn } from './modem.ts';
import { modemscope } from './run.ts';

type Came = { type: string; mode: string; drivers: string[]; nodes: string[] };

/** What `watch` says of the modem that is plugged in. */
async function seen(): Promise<Came & { device: { vid: string; pid: string } }> {
	const run = modemscope('watch', '--json', '--for', '4');
	await run.exit;
	return run.events.findLast(({ type }) => /came|changed/.test(String(type))) as never;
}

test('1199:68c0 with four interfaces is the application', async () => {
	await plugIn('healthy');
	const came = await seen();
	expect(`${came.device.vid}:${came.device.pid}`).toBe('1199:68c0');
	expect(came).toMatchObject({ mode: 'application', drivers: ['qcserial', 'qmi_wwan'] });
	expect(came.nodes).toEqual(['ttyUSB0', 'ttyUSB1', 'ttyUSB2', 'cdc-wdm0', 'wwan0']);
});

test('1199:68c0 with one interface is boot and hold', async () => {
	await meet('loader', {}, 1);
	const came = await seen();
	expect(`${came.device.vid}:${came.device.pid}`).toBe('1199:68c0');
	expect(came).toMatchObject({ mode: 'loader', drivers: ['qcserial'], nodes: ['ttyUSB0'] });
});
