/** Commands that open others, and those that reset the modem or leave its application. */
import type { AtCommand } from './command.ts';

const gone = 'The modem is gone for 10 to 40 s and comes back by itself.';
const offline = 'The modem stays offline until it is flashed or power cycled.';
const powerCycle = 'A power cycle starts the application again.';

export const leaving: readonly AtCommand[] = [
	{
		name: 'AT!ENTERCND="A710"',
		says: 'Unlocks the protected commands until the next reset.',
		danger: 'gate',
		risk: 'Nothing changes; the unlock is gone after a reset.',
		syntax: 'AT!ENTERCND="<password>", A710 from the factory; hotspots have others',
		source: 'danielewood/sierra-wireless-modems README; AT reference manuals',
		forms: /^AT!ENTERCND="[^";\\]*"$/,
		synonyms: ['unlock', 'password'],
	},
	{
		name: 'AT!UNLOCK="A710"',
		says: 'The same as AT!ENTERCND, on older modems.',
		danger: 'gate',
		risk: 'Nothing changes; the unlock is gone after a reset.',
		products: 'AR',
		source: 'Sierra forum',
		forms: /^AT!UNLOCK="[^";\\]*"$/,
	},
	{
		name: 'AT!OPENLOCK?',
		says: 'Asks for the challenge of the maker’s own lock.',
		danger: 'gate',
		risk: 'Nothing changes. The response is the maker’s: modemscope does not make one.',
		answer: '16 hexadecimal digits; 64 on EM9 and EM7690',
		source: 'edl sierrakeygen.py',
	},
	{
		name: 'AT!OPENMEP?',
		says: 'Asks for the challenge of the lock of the network personalisation.',
		danger: 'gate',
		risk: 'Nothing changes. The response is the maker’s: modemscope does not make one.',
		answer: 'hexadecimal digits',
		source: 'edl sierrakeygen.py',
	},
	{
		name: 'AT!OPENCND?',
		says: 'Asks for the challenge that opens the protected commands without the password.',
		danger: 'gate',
		risk: 'Nothing changes. The response is the maker’s: modemscope does not make one.',
		answer: 'hexadecimal digits',
		source: 'edl sierrakeygen.py',
	},
	{
		name: 'AT!BOOTHOLD',
		says: 'Resets the modem and waits in the boot loader for a download.',
		danger: 'leaves',
		risk: offline,
		back: powerCycle,
		products: 'not in SWI9X30C_00.08.02.00 (Dell DW5811e, EM7455)',
		source: 'libqmi qfu-at-device.c; AirCard 771S AT manual p. 17',
		// No public document has BOOTCMD; field users say it for boot mode.
		synonyms: ['bootcmd', 'boot mode', 'boot and hold', 'download mode', 'qdl', 'sahara'],
	},
	{
		name: 'AT!QPSTDLOAD',
		says: 'Resets the modem into Qualcomm’s download mode.',
		danger: 'leaves',
		risk: `${offline} Its loader may need a programmer that the maker has signed.`,
		back: powerCycle,
		source: 'edl README, boottodwnload.py',
		synonyms: ['edl', 'emergency download'],
	},
	{
		name: 'AT!RESET',
		says: 'Resets the modem.',
		danger: 'resets',
		risk: gone,
		source: 'AT reference manuals',
		synonyms: ['reboot', 'restart'],
	},
	{
		name: 'AT+CFUN=1,1',
		says: 'Resets the modem, the 3GPP way.',
		danger: 'resets',
		forms: /^AT\+CFUN=\d*,0*1$/,
		risk: gone,
		source: '3GPP TS 27.007',
	},
	{
		name: 'AT+CFUN=',
		says: 'Sets online (1), airplane mode (4) or low power (0).',
		danger: 'passing',
		risk: 'With 0 or 4 the modem leaves the network until AT+CFUN=1 or a reset.',
		forms: /^AT\+CFUN=\d*(?:,0*)?$/,
		source: '3GPP TS 27.007',
	},
];
