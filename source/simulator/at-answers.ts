/**
 * What a simulated application answers on its AT port. The forms are those of transcripts in
 * the maker's forum (13010, 23268, 25313); the values are the rehearsal's own.
 */
import type { Model } from './models.ts';
import type { Release } from './received-image.ts';

/** What an answer may tell of the modem. */
export type Facts = Release & {
	model: Model;
	/** Seconds since the application came. */
	uptime: number;
	resets: number;
};

/** How the application leaves after an answer. */
export type Leaving = 'reset' | 'boot-hold';

export type AtAnswer = {
	readonly lines?: (facts: Facts) => readonly string[];
	/** ERROR until AT!ENTERCND gave the password. */
	readonly locked?: true;
	readonly unlocks?: true;
	readonly echo?: boolean;
	readonly leaves?: Leaving;
};

const identity = ({ model, revision }: Facts) => [
	'Manufacturer: Sierra Wireless, Incorporated',
	`Model: ${model.name}`,
	`Revision: ${revision}`,
	'IMEI: 000000000000000',
	'IMEI SV: 0',
	'FSN: REHEARSAL0000000',
	'+GCAP: +CGSM',
];

const status = ({ uptime, resets }: Facts) => [
	'!GSTATUS:',
	`Current Time:  ${Math.floor(uptime)}\t\tTemperature: 30`,
	`Reset Counter: ${resets}\t\tMode:        ONLINE`,
	'System mode:   LTE        \tPS state:    Not attached',
];

const power = () => [
	'State: Online',
	'LPM voters - Temp:0, Volt:0, User:0, W_DISABLE:0, IMSWITCH:0, BIOS:0, LWM2M:0, OMADM:0, FOTA:0',
	'LPM persistence - None',
];

const preferred = ({ firmware, carrier, config }: Facts) => [
	'!IMPREF:',
	...['preferred', 'current'].flatMap((which) => [
		` ${which} fw version:    ${firmware}`,
		` ${which} carrier name:  ${carrier}`,
		` ${which} config name:   ${carrier}_${config}`,
	]),
];

const pri = ({ model, firmware, carrier, config }: Facts) => [
	`PRI Part Number: ${model.part}`,
	'Revision: 001.000',
	'Customer: Generic-M2M',
	'',
	`Carrier PRI: 9999999_${model.part}_${model.device}_${firmware}_00_${carrier}_${config}`,
];

const stored = ({ firmware, carrier, config }: Facts) => [
	'TYPE SLOT STATUS LRU FAILURES UNIQUE_ID   BUILD_ID',
	`FW   1    GOOD   1   0 0      ?_?         ${firmware}_?`,
	'Max FW images: 1',
	'Active FW image is at slot 1',
	'',
	`PRI  FF   GOOD   0   0 0      ${config} ${firmware}_${carrier}`,
	'Max PRI images: 50',
];

const composition = () => [
	'Config Index: 1',
	'Config Type:  1 (Generic)',
	'Interface bitmask: 0000010D (diag,nmea,modem,rmnet0)',
];

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
export const atAnswers: ReadonlyMap<string, AtAnswer> = new Map(
	Object.entries<AtAnswer>({
		AT: {},
		ATE0: { echo: false },
		ATE1: { echo: true },
		ATI: { lines: identity },
		ATZ: { echo: true },
		'AT&F': { echo: true },
		ATV1: {},
		'AT+CMEE=1': {},
		...under(['AT+CGMI', 'AT+GMI'], { lines: says('Sierra Wireless, Incorporated') }),
		...under(['AT+CGMM', 'AT+GMM'], { lines: ({ model }) => [model.name] }),
		...under(['AT+CGMR', 'AT+GMR'], { lines: ({ revision }) => [revision] }),
		...under(['AT+CGSN', 'AT+GSN'], { lines: says('000000000000000') }),
		'AT+GCAP': { lines: says('+GCAP: +CGSM') },
		'AT!ENTERCND="A710"': { unlocks: true },
		'AT!ENTERCND?': { lines: says('!ENTERCND: "A710"'), locked: true },
		'AT!BOOTHOLD': { leaves: 'boot-hold' },
		'AT!RESET': { leaves: 'reset' },
		'AT+CFUN=1,1': { leaves: 'reset' },
		'AT+CFUN?': { lines: says('+CFUN: 1') },
		'AT!GSTATUS?': { lines: status },
		'AT!PCINFO?': { lines: power },
		'AT!IMPREF?': { lines: preferred, locked: true },
		'AT!PRIID?': { lines: pri },
		'AT!IMAGE?': { lines: stored },
		'AT!USBCOMP?': { lines: composition, locked: true },
		'AT!ERR': { lines: says('00 0'), locked: true },
		'AT!GCDUMP': { lines: says('No crash data available') },
		'AT!EROPTION?': { lines: says('!EROPTION:', '1 - Reset'), locked: true },
		'AT!RMARESET=1': { lines: restored, locked: true },
	}),
);
