/** Commands of V.250 and 3GPP that every modem has, and what other makers' tools are known to send. */
import type { AtCommand, Danger } from './command.ts';

const v250 = 'ITU-T V.250';
const threeGpp = '3GPP TS 27.007';
const attempts = 'A wrong one uses up an attempt; without attempts the SIM is locked.';

const reads = (name: string, says: string, source: string, forms?: RegExp): AtCommand => ({
	name,
	says,
	danger: 'read',
	source,
	...(forms ? { forms } : {}),
});

const speaks = (name: string, says: string, source: string, forms?: RegExp): AtCommand => ({
	...reads(name, says, source, forms),
	danger: 'gate',
	risk: 'It is so for this port until the next reset.',
});

const asks = (
	name: string,
	danger: Danger,
	says: string,
	risk: string,
	source: string,
	more: Pick<AtCommand, 'forms' | 'back' | 'synonyms'> = {},
): AtCommand => ({ name, says, danger, risk, source, ...more });

export const standard: readonly AtCommand[] = [
	reads('AT', 'Whether it answers.', v250),
	reads('ATI0', 'What it is; other digits give more on some modems.', v250, /^ATI\d$/),
	reads('AT&V', 'The AT parameters of this port.', v250, /^AT&V\d?$/),
	reads('AT+CGMI', 'The maker.', threeGpp, /^AT\+C?GMI$/),
	reads('AT+GMM', 'The model alone.', v250),
	reads('AT+GMR', 'The revision alone.', v250),
	reads('AT+CGSN', 'IMEI.', threeGpp, /^AT\+C?GSN$|^AT\+CGSN=[0-3]$/),
	reads('AT+GCAP', 'What kinds of commands it has.', v250),
	reads('AT+CIMI', 'IMSI, the number of the subscriber.', threeGpp),
	reads('AT+CCID', 'ICCID, the number of the SIM.', 'AT reference manuals', /^AT[+!^]Q?I?CCID$/),
	reads('AT+CNUM', 'Telephone numbers of the SIM.', threeGpp),
	reads('AT+CPAS', 'Whether it is ready, or in a call.', threeGpp),
	reads('AT+CEER', 'Why the last call or attach failed.', threeGpp),
	reads('AT+CESQ', 'Signal quality, LTE values.', threeGpp),
	reads('AT+CGPADDR', 'Addresses of the data connections.', threeGpp, /^AT\+CGPADDR(?:=\d*)?$/),
	reads('AT+CLAC', 'Every command that it has.', threeGpp),
	reads(
		'AT+CPINR',
		'How many attempts are left for each PIN.',
		`${threeGpp} 8.65`,
		/^AT\+CPINR(?:="[A-Z0-9* -]*")?$/,
	),
	speaks('ATE0', 'Echo of what is typed off (0) or on (1).', v250, /^ATE[01]?$/),
	speaks('ATV1', 'Results as words (1) or numbers (0).', v250, /^ATV[01]?$/),
	speaks('ATX4', 'Which results of a call there are.', v250, /^ATX\d?$/),
	speaks(
		'AT+CMEE=1',
		'Errors as a number (1), as words (2), or alone (0).',
		threeGpp,
		/^AT\+CMEE=[0-2]$/,
	),
	asks(
		'AT&F',
		'configuration',
		'Sets the AT parameters of this port to those of the factory.',
		'Echo, error format and the like are the factory’s; with AT&W for good.',
		v250,
		{ forms: /^AT&F\d*$/, back: 'ATE1, AT+CMEE=2 and what else was set.' },
	),
	asks(
		'AT&W',
		'configuration',
		'Stores the AT parameters of this port for every start.',
		'What programs expect of the port may not be so any more.',
		v250,
		{ forms: /^AT&W\d*$/, back: 'Set what AT&V showed before, then AT&W.' },
	),
	asks(
		'ATZ',
		'passing',
		'Sets the AT parameters of this port to the stored ones.',
		'A call or a data connection of this port ends.',
		v250,
		{ forms: /^ATZ\d*$/ },
	),
	asks(
		'ATD',
		'passing',
		'Dials.',
		'A number is called and paid for; with *99# the port becomes a data connection.',
		v250,
		{ forms: /^ATD.*$/, back: 'ATH.' },
	),
	asks('ATA', 'passing', 'Answers a call.', 'The call costs.', v250, { back: 'ATH.' }),
	asks('ATH', 'passing', 'Ends a call.', 'The call is gone.', v250, { forms: /^ATH\d*$/ }),
	asks('AT+CPIN=', 'passing', 'Gives a PIN or PUK to the SIM.', attempts, threeGpp),
	asks(
		'AT+CLCK=',
		'configuration',
		'Locks or unlocks a facility: the PIN, the network.',
		attempts,
		threeGpp,
	),
	asks('AT+CPWD=', 'configuration', 'Changes a PIN or another password.', attempts, threeGpp),
	asks(
		'AT!OPENLOCK=',
		'destructive',
		'Answers the challenge of the maker’s own lock.',
		'It opens commands that can end the modem; wrong answers may be counted.',
		'edl sierrakeygen.py',
	),
	asks(
		'AT!OPENMEP=',
		'destructive',
		'Answers the challenge of the network personalisation’s lock.',
		'It opens commands that can end the modem; wrong answers may be counted.',
		'edl sierrakeygen.py',
	),
	asks(
		'AT!OPENCND=',
		'destructive',
		'Answers the challenge that opens the protected commands.',
		'It opens commands that can end the modem; wrong answers may be counted.',
		'edl sierrakeygen.py',
	),
	asks(
		'AT!NVENCRYPTIMEI=',
		'destructive',
		'Writes the IMEI.',
		'The IMEI of the modem is lost, and a changed one is against the law in many countries.',
		'AT reference manuals',
	),
	asks(
		'AT+EGMR=',
		'destructive',
		'Writes the IMEI.',
		'The IMEI of the modem is lost, and a changed one is against the law in many countries.',
		'AT manuals of MediaTek and Quectel',
	),
	asks(
		'AT^NVWREX=',
		'destructive',
		'Writes an item of non-volatile memory.',
		'Calibration and identity are kept there; a modem without them is dead.',
		'Huawei AT commands',
	),
	asks(
		'AT+QPRTPARA=',
		'destructive',
		'With 3 it restores the modem’s settings from its backup.',
		'What was set since the backup is lost; with 1 the backup itself is.',
		'Quectel forum',
	),
	asks(
		'AT+QDOWNLOAD=',
		'leaves',
		'Leaves for the download mode of Quectel’s modules on chips of ASR, Unisoc and Eigencomm.',
		'Those on Qualcomm’s chips do not take firmware this way; what it does to them is not known.',
		'Quectel forum',
	),
	asks(
		'AT+BOOTLDR',
		'leaves',
		'Leaves for fastboot, on SIMCom modules.',
		'The modem stays offline until it is flashed or power cycled.',
		'SIMCom update guides',
	),
	asks(
		'AT+QFASTBOOT',
		'leaves',
		'Leaves for fastboot.',
		'The modem stays offline until it is flashed or power cycled.',
		'Quectel forum',
	),
];
