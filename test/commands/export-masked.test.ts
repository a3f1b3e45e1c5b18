import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRecording } from '../../source/commands/recording/export.ts';
import { newFolder } from './program.ts';

const imei = '359072061234567';
const iccid = '8949012345678901234';
const serial = 'LF98765432';
const event = (t: number, fact: object) => JSON.stringify({ t, ...fact });
const answer = `\r\nIMEI: ${imei}\r\nICCID: ${iccid}\r\n\r\nOK\r\n`;
const device = { path: '3-1', vid: '1199', pid: '68c0', serial, interfaces: [] };
const recording = [
	JSON.stringify({ modemscope: 1, started: '2026-01-01T00:00:00.000Z', title: 't', origin: 'o' }),
	event(0, { source: 'usb', type: 'usb-came', device }),
	event(1, { source: 'at', type: 'at-sent', port: 'ttyUSB2', command: 'ATI' }),
	...[answer.slice(0, 20), answer.slice(20)].map((part, index) =>
		event(1.1 + index / 10, {
			source: 'port',
			type: 'bytes',
			port: 'ttyUSB2',
			dir: 'in',
			hex: Buffer.from(part).toString('hex'),
		}),
	),
	event(1.3, {
		source: 'at',
		type: 'at-answered',
		port: 'ttyUSB2',
		command: 'ATI',
		lines: [`IMEI: ${imei}`, `ICCID: ${iccid}`],
		result: 'OK',
		seconds: 0.3,
	}),
].join('\n');

test.each(['text', 'pcapng', 'asciicast', 'html'] as const)(
	'%s: no identifier, unless --unmasked',
	async (to) => {
		const folder = newFolder();
		const path = join(folder, 'case.ndjson');
		writeFileSync(path, recording);
		const exported = async (isUnmasked: boolean) => {
			const output = join(folder, `case-${isUnmasked}.${to}`);
			await exportRecording(path, { to, output, isUnmasked, out: () => {}, write: async () => {} });
			return readFileSync(output, 'latin1');
		};
		const [safe, open] = [await exported(false), await exported(true)];
		for (const value of [imei, iccid, serial]) expect(safe).not.toContain(value);
		// A film shows the USB view, without what AT said; the IMEI came in two packets.
		expect(open).toContain(to === 'asciicast' ? '68c0' : iccid);
	},
);
