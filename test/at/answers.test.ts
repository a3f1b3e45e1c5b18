import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { fieldsOf } from '../../source/at/answers/read.ts';
import { AtChannel } from '../../source/at/channel.ts';
import { streamLink } from '../../source/link/link.ts';
import { steppingClock } from '../simulator/stepping-clock.ts';

/** What a modem said, where that was written down, and what of it counts. */
const transcripts: readonly {
	source: string;
	command: string;
	answer: string;
	values: Readonly<Record<string, string>>;
	wrong?: readonly string[];
}[] = [
	{
		source: 'Sierra forum 23268 (EM7565)',
		command: 'ATI',
		answer:
			'Manufacturer: Sierra Wireless, Incorporated\r\nModel: EM7565\r\nRevision: SWI9X50C_01.08.04.00 dbb5d0 jenkins 2018/08/21 21:40:11\r\nIMEI: 123456789012345\r\nIMEI SV:  9\r\nFSN: UF000000000000\r\n+GCAP: +CGSM\r\n',
		values: {
			manufacturer: 'Sierra Wireless, Incorporated',
			model: 'EM7565',
			revision: 'SWI9X50C_01.08.04.00 dbb5d0 jenkins 2018/08/21 21:40:11',
			imei: '123456789012345',
			imeiSv: '9',
			fsn: 'UF000000000000',
			gcap: '+CGSM',
		},
	},
	{
		source: '4IceG/luci-app-3ginfo-lite issue 136',
		command: 'at!gstatus?',
		answer:
			'!GSTATUS: \r\nCurrent Time:  1373\t\tTemperature: 53\r\nReset Counter: 3\t\tMode:        ONLINE         \r\nSystem mode:   LTE        \tPS state:    Attached     \r\nLTE band:      B8     \t\tLTE bw:      5 MHz   \r\nLTE Rx chan:   3764\t\tLTE Tx chan: 21764\r\nLTE CA state:  NOT ASSIGNED\r\nEMM state:     Registered     \tNormal Service \r\nRRC state:     RRC Idle       \r\nIMS reg state: No Srv  \t\t\r\n\r\nPCC RxM RSSI:  -84\t\tRSRP (dBm):  -110\r\nPCC RxD RSSI:  -85\t\tRSRP (dBm):  -118\r\nTx Power:      --\t\tTAC:         E2EA (58090)\r\nRSRQ (dB):     -12.7\t\tCell ID:     02C3484A (46352458)\r\nSINR (dB):      1.0\r\n',
		values: {
			uptime: '1373',
			temperature: '53',
			resetCounter: '3',
			mode: 'ONLINE',
			systemMode: 'LTE',
			psState: 'Attached',
			band: 'B8',
			bandwidth: '5 MHz',
			rrcState: 'RRC Idle',
			rssi: '-84',
			rsrp: '-110',
			rsrq: '-12.7',
			sinr: '1.0',
		},
	},
	{
		source: 'koshev-msk/modemfeed issue 30 (EM9191)',
		command: 'AT!GSTATUS?',
		answer:
			'!GSTATUS: \r\nCurrent Time:  68882\t\tTemperature: 43\r\nThermal Mitigation Level: 0\r\nReset Counter: 2\t\tMode:        ONLINE         \r\nSystem mode:   ENDC        \tPS state:    Attached     \r\nLTE band:      B3     \t\tLTE bw:      20 MHz  \r\nPCC RxM RSSI:  -65\t\tPCC RxM RSRP:  -99\r\n',
		values: { temperature: '43', resetCounter: '2', systemMode: 'ENDC', rsrp: '-99' },
	},
	{
		source: 'Sierra forum 13010 (EM7565 in low power)',
		command: 'AT!GSTATUS?',
		answer:
			'!GSTATUS: \r\nCurrent Time:  685\t\tTemperature: 30\r\nReset Counter: 3\t\tMode:        LOW POWER MODE \r\n',
		values: { uptime: '685', mode: 'LOW POWER MODE' },
		wrong: ['mode'],
	},
	{
		source:
			'danielewood/sierra-wireless-modems, Sierra-Linux-QMI-SDK.md (EM7565 stuck in low power)',
		command: 'AT!IMPREF?',
		answer:
			'!IMPREF: \r\n preferred fw version:    01.00.02.00\r\n preferred carrier name:  GENERIC\r\n preferred config name:   GENERIC_001.012_000\r\n current fw version:      01.05.01.00\r\n current carrier name:    GENERIC\r\n current config name:     GENERIC_001.012_000\r\n\r\n\r\n fw version mismatch\r\n',
		values: {
			preferredFirmware: '01.00.02.00',
			currentFirmware: '01.05.01.00',
			currentConfig: 'GENERIC_001.012_000',
			mismatch: 'fw version mismatch',
		},
		wrong: ['mismatch'],
	},
	{
		source: 'geerlingguy/pi-router issue 1 (EM7565 without a carrier)',
		command: 'AT!IMPREF?',
		answer:
			'!IMPREF: \r\n preferred fw version:    00.06.02.00\r\n preferred carrier name:  \r\n preferred config name:   \r\n current fw version:      00.06.02.00\r\n current carrier name:    \r\n current config name:     \r\n',
		values: { preferredFirmware: '00.06.02.00', preferredCarrier: '', currentConfig: '' },
	},
	{
		source: 'danielewood/sierra-wireless-modems, Sierra-Linux-QMI-SDK.md',
		command: 'AT!PCINFO?',
		answer:
			'State: Low Power Mode\r\nLPM voters - Temp:0, Volt:0, User:0, W_DISABLE:0, IMSWITCH:1, BIOS:0, LWM2M:0, OMADM:0, FOTA:0, RFCAL:0\r\nLPM persistence - None\r\n',
		values: { state: 'Low Power Mode', lowPowerBy: 'IMSWITCH', persistence: 'None' },
		wrong: ['state', 'lowPowerBy'],
	},
	{
		source: 'libqmi-devel 002587 (MC7455, the old form), lines as in the WP76xx AT reference p. 86',
		command: 'AT!PCINFO?',
		answer:
			'State: LowPowerMode\r\nLPM force flags - W_DISABLE:0, User:0,\r\nTemp:0, Volt:0, BIOS:0,\r\nGOBIIM:1\r\nW_DISABLE: 0\r\nPoweroff mode: 0\r\nLPM Persistent: 0\r\n',
		values: { state: 'LowPowerMode', lowPowerBy: 'GOBIIM', persistence: '0' },
		wrong: ['state', 'lowPowerBy'],
	},
	{
		source: 'geerlingguy/pi-router issue 1',
		command: 'AT!PCINFO?',
		answer:
			'State: Online\r\nLPM voters - Temp:0, Volt:0, User:0, W_DISABLE:0, IMSWITCH:0, BIOS:0, LWM2M:0, OMADM:0, FOTA:0, RFCAL:0\r\nLPM persistence - None\r\n',
		values: { state: 'Online', lowPowerBy: 'nothing' },
	},
	{
		source: 'Sierra forum 13010; danielewood README (EM7455)',
		command: 'AT!IMAGE?',
		answer:
			'TYPE SLOT STATUS LRU FAILURES UNIQUE_ID   BUILD_ID\r\nFW   1    GOOD   2   0 0      ?_?         01.08.04.00_?\r\nFW   4    EMPTY  0   0 0                  \r\nMax FW images: 4\r\nActive FW image is at slot 255\r\n\r\nPRI  FF   GOOD   0   0 0      002.008_004 01.07.02.00_ATT\r\nPRI  FF   GOOD   0   1 0      002.012_000 01.07.02.00_VERIZON\r\nMax PRI images: 50\r\n',
		values: {
			fwSlot1: '01.08.04.00_?',
			activeSlot: '255',
			'priSlotFF-2': '002.008_004 01.07.02.00_ATT',
			'priSlotFF-3': '002.012_000 01.07.02.00_VERIZON',
			maxPRI: '50',
		},
		wrong: ['priSlotFF-3'],
	},
	{
		source: '4IceG/luci-app-modemband issue 4 (EM7455, Dell)',
		command: 'AT!PRIID?',
		answer:
			'PRI Part Number: 9904336\r\nRevision: 001.007\r\nCustomer: Dell\r\n\r\nCarrier PRI: 9999999_9904597_SWI9X30C_02.24.05.06_00_ORANGE-EU_002.022_000\r\n',
		values: {
			priPartNumber: '9904336',
			priRevision: '001.007',
			customer: 'Dell',
			carrierPri: '9999999_9904597_SWI9X30C_02.24.05.06_00_ORANGE-EU_002.022_000',
		},
	},
	{
		source: 'Linux usb mailing list (WP7607, 1199:68c0)',
		command: 'at!usbcomp?',
		answer:
			'Config Index: 1\r\nConfig Type:  1 (Generic)\r\nInterface bitmask: 0009014F (diag,adb,nmea,modem,rmnet0,audio,ecm,rawdat) \r\n',
		values: {
			configIndex: '1',
			configType: '1 (Generic)',
			interfaceBitmask: '0009014F (diag,adb,nmea,modem,rmnet0,audio,ecm,rawdat)',
		},
	},
	{
		source: '4IceG/luci-app-modemband issue 9 (EM7565)',
		command: 'AT!USBPID?',
		answer: '!USBPID:\r\nAPP : 9091\r\nBOOT: 9090\r\n',
		values: { appPid: '9091', bootPid: '9090' },
	},
	{
		source: 'Sierra forum 25313, its labels; the values are made up',
		command: 'AT!GCDUMP',
		answer:
			'Src:  FatalError\r\nFile: swi_power.c\r\nLine: 1234\r\nStr:  Assert failed\r\nPrc:  MPSS\r\nTask: swiapp\r\nTime: 00012345\r\nRegs: 00000000 00000001\r\nApp ver: SWI9X07Y_02.16.02.00\r\n',
		values: {
			crash: 'yes',
			crashSource: 'FatalError',
			crashFile: 'swi_power.c',
			crashLine: '1234',
			crashText: 'Assert failed',
			crashProcess: 'MPSS',
			crashTask: 'swiapp',
			crashVersion: 'SWI9X07Y_02.16.02.00',
		},
		wrong: ['crash'],
	},
	{
		source: 'Sierra forum 25313',
		command: 'AT!GCDUMP',
		answer: 'No crash data available\r\n',
		values: { crash: 'none' },
	},
	{
		source: 'Sierra forum 28067, its columns; the values are made up',
		command: 'AT!ERR',
		answer: '00   0A swi_fwupd.c      00321\r\n01   01 sierra_bl.c      01002\r\n',
		values: { error00: 'swi_fwupd.c line 321', error01: 'sierra_bl.c line 1002' },
	},
	{
		source: 'Sierra forum 28067 (WP7607)',
		command: 'AT!BCFWUPDATESTATUS?',
		answer: 'Firmware update status = UNKNOWN\r\n',
		values: { updateStatus: 'UNKNOWN' },
	},
	{
		source: '3GPP TS 27.007',
		command: 'AT+CFUN?;+CPIN?',
		answer: '+CFUN: 4\r\n\r\n+CPIN: SIM PIN\r\n',
		values: { cfun: '4', sim: 'SIM PIN' },
		wrong: ['cfun', 'sim'],
	},
	{
		source: 'edl README, the words of litefw',
		command: 'AT!EROPTION?',
		answer: '!EROPTION:\r\n0 - USB memory download\r\n',
		values: { crashAction: '0' },
		wrong: ['crashAction'],
	},
];

/** The lines of an answer as they come out of a channel that reads it in these pieces. */
async function heard(command: string, pieces: readonly string[]) {
	const clock = steppingClock();
	const [ours, theirs] = duplexPair();
	theirs.once('data', async () => {
		for (const piece of pieces) {
			theirs.write(Buffer.from(piece, 'latin1'));
			await clock.sleep(0.001);
		}
	});
	const channel = new AtChannel(streamLink(ours, 'ttyUSB2', clock), clock, () => {});
	return channel.send(command, 10);
}

test.each(transcripts)('$command of $source, wherever it is cut', async (transcript) => {
	const { command, answer, values, wrong = [] } = transcript;
	const text = `${command}\r\r\n${answer}\r\nOK\r\n`;
	for (let at = 0; at <= text.length; at++) {
		const { lines, result } = await heard(command, [text.slice(0, at), text.slice(at)]);
		expect(result).toBe('OK');
		const fields = fieldsOf(command, lines);
		expect(Object.fromEntries(fields.map(({ key, value }) => [key, value]))).toMatchObject(values);
		expect(fields.filter((field) => field.wrong).map(({ key }) => key)).toEqual(wrong);
	}
});

test('bits are told as interfaces, votes as reasons', () => {
	const [bits] = fieldsOf('AT!USBCOMP?', ['Interface bitmask: 0000100D (diag,nmea,modem,mbim)']);
	expect(bits).toMatchObject({ means: 'DIAG, NMEA, MODEM, MBIM' });
	expect(fieldsOf('AT!USBCOMP?', ['Interface bitmask: 00001005'])[0]).toMatchObject({
		wrong: true,
	});
	const [votes] = fieldsOf('AT!PCINFO?', ['LPM voters - Temp:1, IMSWITCH:1']);
	expect(votes).toMatchObject({
		value: 'Temp, IMSWITCH',
		means: 'it is too hot or too cold; firmware and PRI do not match',
	});
});

test('what is not known, or is something else, has no fields', () => {
	expect(fieldsOf('AT!NOSUCH?', ['Model: x'])).toEqual([]);
	for (const { command } of transcripts) {
		expect(fieldsOf(command, [])).toEqual([]);
		expect(fieldsOf(command, ['', '....', '????'.repeat(1000)])).toEqual([]);
	}
});

test.each([
	[
		'the list ends with its line',
		['W_DISABLE:0, User:0', 'W_DISABLE: 0', 'Poweroff mode: 1'],
		'nothing',
	],
	['persistence is no voter', ['W_DISABLE:0, GOBIIM:1', 'LPM Persistent: 1'], 'GOBIIM'],
	['the pin is no voter', ['W_DISABLE:0, Volt:0', 'W_DISABLE: 1'], 'nothing'],
])('AT!PCINFO? of an MC73: %s', (_, [list, ...below], by) => {
	const fields = fieldsOf('AT!PCINFO?', [`LPM force flags - ${list}`, ...below]);
	expect(fields.find(({ key }) => key === 'lowPowerBy')?.value).toBe(by);
});
