/** Answers that are a label and a value each. */
import { fieldOf, type Labelled, labelled, type Reader } from './field.ts';

const row = (
	key: string,
	name: string,
	label: RegExp,
	more: Pick<Labelled, 'means' | 'wrong'> = {},
): Labelled => ({ key, name, label, ...more });

const oneOf = (words: Readonly<Record<string, string>>) => (value: string) => words[value];

const lowPower = /low ?power/i;

export const status: Reader = labelled([
	row('uptime', 'Up for', /Current Time/, { means: () => 'seconds since it started' }),
	row('temperature', 'Temperature', /Temperature/, { means: () => '°C' }),
	row('resetCounter', 'Reset counter', /Reset Counter/),
	row('mode', 'Mode', /Mode/, { wrong: (mode) => lowPower.test(mode) }),
	row('systemMode', 'System mode', /System mode/),
	row('psState', 'Packet service', /PS state/),
	row('band', 'Band', /(?:LTE|WCDMA|NR5G|NR) band/),
	row('bandwidth', 'Bandwidth', /(?:LTE|NR5G|NR) bw/),
	row('emmState', 'EMM', /EMM state/),
	row('rrcState', 'RRC', /RRC state/),
	row('rssi', 'RSSI', /PCC RxM RSSI/),
	row('rsrp', 'RSRP', /(?:PCC RxM )?RSRP(?: \(dBm\))?/),
	row('rsrq', 'RSRQ', /RSRQ \(dB\)/),
	row('sinr', 'SINR', /SINR \(dB\)/),
]);

const images = labelled([
	row('preferredFirmware', 'Preferred firmware', /preferred fw version/),
	row('preferredCarrier', 'Preferred carrier', /preferred carrier name/),
	row('preferredConfig', 'Preferred config', /preferred config name/),
	row('currentFirmware', 'Current firmware', /current fw version/),
	row('currentCarrier', 'Current carrier', /current carrier name/),
	row('currentConfig', 'Current config', /current config name/),
]);

/** AT!IMPREF?: what the modem says does not match comes last, one phrase a line. */
export const preference: Reader = (lines) => {
	const wrong = lines.map((line) => line.trim()).filter((line) => /mismatch$/i.test(line));
	return wrong.length === 0
		? images(lines)
		: [...images(lines), fieldOf('mismatch', 'Mismatch', wrong.join(', '), undefined, true)];
};

export const priId: Reader = labelled([
	row('priPartNumber', 'PRI part number', /PRI Part Number/),
	row('priRevision', 'PRI revision', /Revision/),
	row('customer', 'Customer', /Customer/),
	row('carrierPri', 'Carrier PRI', /Carrier PRI/),
]);

/** edl enableadb.py; Sierra forum 8499. */
const compositionBits = [
	[0x1, 'DIAG'],
	[0x2, 'ADB'],
	[0x4, 'NMEA'],
	[0x8, 'MODEM'],
	[0x100, 'RMNET0 (QMI)'],
	[0x400, 'RMNET1'],
	[0x800, 'RMNET2'],
	[0x1000, 'MBIM'],
	[0x4000, 'RNDIS'],
	[0x10000, 'AUDIO'],
	[0x80000, 'ECM'],
	[0x200000, 'UBIST'],
] as const;
const modemBit = 0x8;
const maskOf = (value: string) => Number.parseInt(value, 16);
const interfacesOf = (value: string) =>
	compositionBits.flatMap(([bit, name]) => (maskOf(value) & bit ? [name] : [])).join(', ');

export const composition: Reader = labelled([
	row('configIndex', 'Config index', /Config Index/),
	// What a type is depends on the product, and the modem says it itself.
	row('configType', 'Config type', /Config Type/),
	row('interfaceBitmask', 'Interfaces', /Interface bitmask/, {
		means: interfacesOf,
		// Rule no-modem-port: without MODEM there is no AT port after the next reset.
		wrong: (value) => (maskOf(value) & modemBit) === 0,
	}),
]);

export const usbIds: Reader = labelled([
	row('appPid', 'Application PID', /APP(?: PID)?/),
	row('bootPid', 'Loader PID', /BOOT(?: PID)?/),
	row('usbVid', 'USB VID', /!?(?:USB)?VID/),
]);

const update = labelled([
	row('updateStatus', 'Last update', /(?:!BCFWUPDATESTATUS|Firmware update status)/, {
		wrong: (value) => !/\b(?:ok|success\w*|unknown|none)\b/i.test(value),
	}),
	row('updateImage', 'Image', /Image/),
	row('updateResult', 'Result', /(?:BL )?Result(?: code)?/),
]);

/** AT!BCFWUPDATESTATUS? of the EM and MC, and what the WP answers (AT reference 4118047, p. 158). */
export const updateStatus: Reader = (lines) => {
	const text = lines.join('\n');
	const [, image, part] =
		/Failed IMG TYPE (\S+?),(?:.*?\bPART (?:OFFSET|SIZE|NAME)?:? ?(\S+))?/i.exec(text) ?? [];
	return [
		...update(lines),
		...(image ? [fieldOf('failedImage', 'Failed image', image, undefined, true)] : []),
		...(part ? [fieldOf('failedPartition', 'Failed partition', part, undefined, true)] : []),
	];
};

/** AT!BSINFO?: which boot loaders there are. */
export const bootInfo: Reader = labelled([
	row('bootVersion', 'Boot loader', /(?:Boot|SBL|APPSBL|BL) (?:Version|Ver)/),
	row('bootSlot', 'Boot slot', /(?:Active|Boot) (?:Slot|System)/),
]);

export const functionality: Reader = labelled([
	row('cfun', 'Functionality', /\+CFUN/, {
		means: oneOf({
			0: 'low power',
			1: 'online',
			4: 'airplane mode',
			5: 'factory test',
			7: 'offline',
		}),
		wrong: (value) => value !== '1',
	}),
]);

export const sim: Reader = labelled([
	row('sim', 'SIM', /\+CPIN/, { wrong: (value) => value !== 'READY' }),
]);

export const registration: Reader = (lines) => {
	const [, state] = /\+C\w*REG: *\d+, *(\d+)/i.exec(lines.join('\n')) ?? [];
	const words: Readonly<Record<string, string>> = {
		0: 'not registered',
		1: 'registered, home',
		2: 'searching',
		3: 'denied',
		4: 'unknown',
		5: 'registered, roaming',
	};
	return state === undefined
		? []
		: [fieldOf('registration', 'Registration', state, words[state], !/[15]/.test(state))];
};

/** AT!EROPTION?: `!EROPTION:` and then `1 - Reset`, or all on one line. Rule crash-action. */
export const crashAction: Reader = (lines) => {
	const [, number] = /(?:^|[:=])[ \t]*([012])\b/m.exec(lines.join('\n')) ?? [];
	const words: Readonly<Record<string, string>> = {
		0: 'USB memory download',
		1: 'reset',
		2: 'nothing',
	};
	return number === undefined
		? []
		: [fieldOf('crashAction', 'Action on crash', number, words[number], number === '0')];
};
