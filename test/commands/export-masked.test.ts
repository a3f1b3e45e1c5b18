import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRecording } from '../../source/commands/recording/export.ts';
import type { Event } from '../../source/events.ts';
import { packCase } from '../../source/recording/case/pack.ts';
import { newFolder } from './program.ts';

const imei = '359072061234567';
const iccid = '8949012345678901234';
const serial = 'LF98765432';
const event = (t: number, fact: object) => JSON.stringify({ t, ...fact });
const answer = `\r\nIMEI: ${imei}\r\nICCID: ${iccid}\r\n\r\nOK\r\n`;
const eventsIn = (text: string): Event[] =>
	text
		.split('\n')
		.slice(1)
		.map((line) => JSON.parse(line));
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

test.each(['text', 'pcapng', 'asciicast', 'html'] as const)(
	'%s: no serial number of a simulated modem, in any recording that ships',
	async (to) => {
		const folder = newFolder();
		for (const name of ['sahara-firehose', 'low-power', 'emergency-loader']) {
			const output = join(folder, `${name}.${to}`);
			const quiet = { out: () => {}, write: async () => {} };
			await exportRecording(`recordings/${name}.ndjson`, { to, output, ...quiet });
			expect(readFileSync(output, 'latin1')).not.toContain('REHEARSAL0000000');
		}
	},
);

test('a case: no identifier in any of its files, one mask for a value in all, unless --unmasked', async () => {
	const parts = () => ({
		recording: {
			header: JSON.parse(recording.split('\n')[0]!),
			notes: [],
			events: eventsIn(recording),
		},
		snapshot: [
			{
				...{ t: 0, source: 'at', type: 'at-answered', port: 'ttyUSB2', command: 'AT+CGSN' },
				...{ lines: [imei], result: 'OK', seconds: 0.1 },
			} as Event,
		],
		doctor: [`serial ${serial}`],
		kernel: [`usb 3-1: SerialNumber: ${serial}`, `wwan0: ${imei}`],
	});
	const packed = (mask: object | undefined) => {
		const versions = { modemscope: '1', node: '24', kernel: '6', machine: 'linux arm64' };
		const { pieces } = packCase(parts(), { versions, packed: '2026-01-01T00:00:00.000Z', mask });
		return Buffer.concat([...pieces()]).toString('latin1');
	};
	const [safe, open] = [packed({}), packed(undefined)];
	for (const value of [imei, iccid, serial]) {
		expect(safe).not.toContain(value);
		expect(open).toContain(value);
	}
	const [, inAnswer] = /\["(\*+#\d)"\]/.exec(safe)!;
	expect(safe).toContain(`IMEI: ${inAnswer}"`);
	expect(safe).toContain(`wwan0: ${inAnswer}\n`);
});
