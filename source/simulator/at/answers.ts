/**
 * What a simulated application answers on its AT port. The forms are those of transcripts in
 * the maker's forum (13010, 23268, 25313); the values are the rehearsal's own.
 */

import { type Model, modelInType } from '../../modems/simulated.ts';
import type { Release } from '../loader/received-image.ts';
import type { AtBehaviour } from './behaviour.ts';
import { type AtMemory, restore } from './memory.ts';

/** What an answer may tell of the modem. */
export type Facts = Release & {
	model: Model;
	/** Seconds since the application came. */
	uptime: number;
	resets: number;
	memory: AtMemory;
	atBehaviour: AtBehaviour;
};

/** How the application leaves after an answer. */
export type Leaving =
	| 'reset'
	| 'boot-hold'
	/** To the loader, for images that are preferred and lack. */
	| 'download';

export type AtAnswer = {
	readonly lines?: (facts: Facts) => readonly string[];
	/** ERROR until AT!ENTERCND gave the password. */
	readonly locked?: true;
	readonly echo?: boolean;
	readonly leaves?: Leaving;
	readonly does?: (memory: AtMemory) => void;
};

const identity = ({ model, revision, atBehaviour }: Facts) => [
	'Manufacturer: Sierra Wireless, Incorporated',
	`Model: ${model.name}${atBehaviour.hostile ? '\u001b]0;owned\u0007\u001b[2J\u009b2J' : ''}`,
	`Revision: ${revision}`,
	'IMEI: 000000000000000',
	'IMEI SV: 0',
	'FSN: REHEARSAL0000000',
	'+GCAP: +CGSM',
];

const isMismatch = ({ firmware, memory: { preferred } }: Facts) =>
	preferred?.firmware !== undefined && preferred.firmware !== firmware;

const status = (facts: Facts) => [
	'!GSTATUS: ',
	`Current Time:  ${Math.floor(facts.uptime)}\t\tTemperature: 30`,
	`Reset Counter: ${facts.resets}\t\tMode:        ${isMismatch(facts) ? 'LOW POWER MODE' : 'ONLINE'}`,
	'System mode:   LTE        \tPS state:    Not attached',
];

const power = (facts: Facts) => [
	`State: ${isMismatch(facts) ? 'Low Power Mode' : 'Online'}`,
	`LPM voters - Temp:0, Volt:0, User:0, W_DISABLE:0, IMSWITCH:${isMismatch(facts) ? 1 : 0}, BIOS:0, LWM2M:0, OMADM:0, FOTA:0, RFCAL:0`,
	'LPM persistence - None',
];

const preferred = (facts: Facts) => {
	const { firmware, carrier, config, memory } = facts;
	const wanted = memory.preferred;
	return [
		'!IMPREF: ',
		` preferred fw version:    ${wanted?.firmware ?? firmware}`,
		` preferred carrier name:  ${wanted?.carrier ?? carrier}`,
		` preferred config name:   ${wanted?.carrier ?? carrier}_${wanted?.config ?? config}`,
		` current fw version:      ${firmware}`,
		` current carrier name:    ${carrier}`,
		` current config name:     ${carrier}_${config}`,
		...(isMismatch(facts) ? ['', ' fw version mismatch'] : []),
	];
};

const pri = ({ model, firmware, carrier, config }: Facts) => [
	`PRI Part Number: ${model.part}`,
	'Revision: 001.000',
	'Customer: Generic-M2M',
	'',
	`Carrier PRI: 9999999_${model.part}_${model.device}_${firmware}_00_${carrier}_${config}`,
];

const stored = ({ firmware, carrier, config, memory }: Facts) => [
	'TYPE SLOT STATUS LRU FAILURES UNIQUE_ID   BUILD_ID',
	memory.imagesDeleted
		? 'FW   1    EMPTY  0   0 0                  '
		: `FW   1    GOOD   1   0 0      ?_?         ${firmware}_?`,
	'Max FW images: 1',
	`Active FW image is at slot ${memory.imagesDeleted ? 255 : 1}`,
	'',
	...(memory.imagesDeleted
		? []
		: [`PRI  FF   GOOD   0   0 0      ${config} ${firmware}_${carrier}`]),
	'Max PRI images: 50',
];

const bits = [
	[0x1, 'diag'],
	[0x2, 'adb'],
	[0x4, 'nmea'],
	[0x8, 'modem'],
	[0x100, 'rmnet0'],
	[0x1000, 'mbim'],
] as const;

const composition = ({ model, memory }: Facts) => {
	const type = memory.compositionType;
	const mask = Number.parseInt(memory.composition, 16);
	const names = bits.flatMap(([bit, name]) => (mask & bit ? [name] : []));
	return [
		'Config Index: 1',
		`Config Type:  ${type} (${model.family.usbComp?.types[type] ?? 'Generic'})`,
		`Interface bitmask: ${memory.composition} (${names.join()})`,
	];
};

const crashActions: Readonly<Record<string, string>> = { 0: 'USB memory download', 1: 'Reset' };

const restored = () => [
	'!RMARESET: DEVICE REBOOT REQUIRED',
	'Items Restored: 2161',
	'Items Deleted: 0',
];

const says =
	(...lines: string[]) =>
	() =>
		lines;

const under = (commands: readonly string[], answer: AtAnswer) =>
	Object.fromEntries(commands.map((command) => [command, answer]));

/** By command, in capitals. Any other is answered with ERROR. */
const fixed: Readonly<Record<string, AtAnswer>> = {
	AT: {},
	ATE0: { echo: false },
	ATE1: { echo: true },
	ATI: { lines: identity },
	ATZ: { echo: true },
	'AT&F': { echo: true },
	ATV1: {},
	ATX4: {},
	'AT&C1': {},
	'AT+CMEE=1': {},
	...under(['AT+CGMI', 'AT+GMI'], { lines: says('Sierra Wireless, Incorporated') }),
	...under(['AT+CGMM', 'AT+GMM'], { lines: ({ model }) => [model.name] }),
	...under(['AT+CGMR', 'AT+GMR'], { lines: ({ revision }) => [revision] }),
	...under(['AT+CGSN', 'AT+GSN'], { lines: says('000000000000000') }),
	'AT+GCAP': { lines: says('+GCAP: +CGSM') },
	'AT!ENTERCND?': { lines: ({ memory }) => [`!ENTERCND: "${memory.password}"`], locked: true },
	'AT!BOOTHOLD': { leaves: 'boot-hold' },
	'AT!RESET': { leaves: 'reset' },
	'AT+CFUN=1,1': { leaves: 'reset' },
	'AT+CFUN?': { lines: says('+CFUN: 1') },
	'AT+CPIN?': { lines: says('+CPIN: READY') },
	'AT+CPINR': { lines: says('+CPINR: SIM PIN,3,3', '+CPINR: SIM PUK,10,10') },
	'AT!GSTATUS?': { lines: status },
	'AT!PCINFO?': { lines: power },
	'AT!IMPREF?': { lines: preferred, locked: true },
	'AT!PRIID?': { lines: pri },
	'AT!IMAGE?': { lines: stored },
	'AT!IMAGE=0': {
		locked: true,
		does: (memory) => {
			memory.imagesDeleted = true;
		},
	},
	'AT!USBCOMP?': { lines: composition, locked: true },
	'AT!USBPID?': {
		lines: ({ model }) => ['!USBPID:', `APP : ${model.applicationPid}`, `BOOT: ${model.loaderPid}`],
		locked: true,
	},
	'AT!CUSTOM?': {
		lines: ({ memory }) => [
			'!CUSTOM: ',
			...[...memory.custom].map(([name, value]) => `             ${name.padEnd(18)} ${value}`),
		],
		locked: true,
	},
	'AT!BCFWUPDATESTATUS?': { lines: says('Firmware update status = UNKNOWN') },
	'AT!BSINFO?': {
		lines: ({ atBehaviour }) => [`Flash: ${atBehaviour.flashPart ?? 'KSLCMBL2VA2M2C'}`],
	},
	'AT!ERR': {
		lines: ({ memory }) => (memory.errors.length > 0 ? memory.errors : ['00 0']),
		locked: true,
	},
	'AT!ERR=0': {
		locked: true,
		does: (memory) => {
			memory.errors = [];
		},
	},
	'AT!GCDUMP': {
		lines: ({ memory }) => (memory.crash.length > 0 ? memory.crash : ['No crash data available']),
	},
	'AT!GCCLR': {
		lines: says('Crash data cleared'),
		locked: true,
		does: (memory) => {
			memory.crash = [];
		},
	},
	'AT!EROPTION?': {
		lines: ({ memory: { crashAction } }) => [
			'!EROPTION:',
			`${crashAction} - ${crashActions[crashAction]}`,
		],
		locked: true,
	},
	'AT!RMARESET=1': { lines: restored, locked: true, does: restore },
};

/** Commands that take a value. */
type Setting = readonly [form: RegExp, make: (value: string) => AtAnswer];
/** The types of AT!USBCOMP whose ids are known, `123`. */
const typesOf = (model: Model) => [1, 2, 3, 4].filter((type) => modelInType(model, type)).join('');

const settings = (model: Model): readonly Setting[] => [
	[
		new RegExp(`^AT!USBCOMP=1,([${typesOf(model)}],[0-9A-F]{1,8})$`),
		(value) => ({
			locked: true,
			does: (memory) => {
				const [type = '', mask = ''] = value.split(',');
				memory.compositionType = Number(type);
				memory.composition = mask.padStart(8, '0');
			},
		}),
	],
	[
		/^AT!EROPTION=([01])$/,
		(value) => ({
			locked: true,
			does: (memory) => {
				memory.crashAction = value;
			},
		}),
	],
	[
		/^AT!IMPREF="([^"]*)"$/,
		(value) => ({
			locked: true,
			does: (memory) => {
				const [firmware, carrier] = value.split(',');
				memory.preferred =
					carrier === undefined ? undefined : { firmware: firmware ?? '', carrier };
			},
		}),
	],
	[
		/^AT!SETCND="([^"]{4,15})"$/,
		(value) => ({
			locked: true,
			does: (memory) => {
				memory.password = value;
			},
		}),
	],
];

/** What is answered to one command, in capitals and without spaces; undefined to what is not known. */
export function answerTo(command: string, model: Model): AtAnswer | undefined {
	if (Object.hasOwn(fixed, command)) return fixed[command];
	for (const [form, make] of settings(model)) {
		const value = form.exec(command)?.[1];
		if (value !== undefined) return make(value);
	}
	return undefined;
}
