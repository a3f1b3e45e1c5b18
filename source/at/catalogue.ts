/**
 * AT commands of Sierra modems as data: what they do and what they cost. What a person types raw is
 * sent as typed; the catalogue explains and warns. Sources: libqmi qfu-at-device.c, Sierra's AT
 * manuals as quoted in public forums, edl boottodwnload.py; docs/at-commands.md names them.
 */
import { commandsIn } from './line.ts';

export type Danger = 'read' | 'gate' | 'resets' | 'leaves' | 'configuration' | 'destructive';

export type AtCommand = {
	readonly name: string;
	readonly says: string;
	readonly danger: Danger;
	/** What is lost or changed, and how to come back; for everything that is not read only. */
	readonly risk?: string;
	readonly needsEnterCnd?: boolean;
	/** Other ways to write it, in capitals and without spaces; `name` is one anyway. */
	readonly forms?: RegExp;
	/** Other words that find it. */
	readonly synonyms?: readonly string[];
};

export const catalogue: readonly AtCommand[] = [
	{
		name: 'ATI',
		says: 'Maker, model, revision and IMEI.',
		danger: 'read',
		synonyms: ['version', 'model'],
	},
	{ name: 'ATI8', says: 'Firmware, Legato and package lines (WP, AR).', danger: 'read' },
	{
		name: 'AT!GSTATUS?',
		says: 'State, temperature and the reset counter.',
		danger: 'read',
		synonyms: ['status'],
	},
	{
		name: 'AT!PCINFO?',
		says: 'Online or low power, and what votes for low power.',
		danger: 'read',
	},
	{ name: 'AT!PRIID?', says: 'PRI part number, revision and carrier.', danger: 'read' },
	{
		name: 'AT!IMPREF?',
		says: 'Preferred and current firmware, carrier and configuration.',
		danger: 'read',
		needsEnterCnd: true,
	},
	{
		name: 'AT!IMAGE?',
		says: 'The firmware and PRI images that are stored.',
		danger: 'read',
		needsEnterCnd: true,
	},
	{
		name: 'AT!USBCOMP?',
		says: 'The USB interfaces that the application offers.',
		danger: 'read',
		needsEnterCnd: true,
	},
	{
		name: 'AT!EROPTION?',
		says: 'What a crash does: 0 waits for a memory dump, 1 resets.',
		danger: 'read',
		needsEnterCnd: true,
	},
	{ name: 'AT!ERR', says: 'The table of logged errors.', danger: 'read', needsEnterCnd: true },
	{
		name: 'AT!GCDUMP',
		says: 'The data of the last crash.',
		danger: 'read',
		needsEnterCnd: true,
		synonyms: ['crash'],
	},
	{
		name: 'AT!ENTERCND="A710"',
		says: 'Unlocks the protected commands until the next reset.',
		danger: 'gate',
		risk: 'Nothing changes; the unlock is gone after a reset.',
		synonyms: ['unlock'],
	},
	{
		name: 'AT!BOOTHOLD',
		says: 'Resets the modem and waits in the boot loader for a download.',
		danger: 'leaves',
		risk: 'The modem stays offline until it is flashed or power cycled.',
		synonyms: ['bootcmd', 'boot mode', 'boot and hold', 'download mode'],
	},
	{
		name: 'AT!QPSTDLOAD',
		says: 'Leaves for Qualcomm’s download mode.',
		danger: 'leaves',
		risk: 'The modem stays offline until it is flashed or power cycled.',
	},
	{
		name: 'AT!RESET',
		says: 'Resets the modem.',
		danger: 'resets',
		risk: 'The modem is gone for 10 to 40 s and comes back by itself.',
		synonyms: ['reboot', 'restart'],
	},
	{
		name: 'AT+CFUN=1,1',
		says: 'Resets the modem, the 3GPP way.',
		danger: 'resets',
		forms: /^AT\+CFUN=\d*,0*1$/,
		risk: 'The modem is gone for 10 to 40 s and comes back by itself.',
	},
	{
		name: 'AT!EROPTION=',
		says: 'Sets what a crash does: 0 waits for a memory dump, 1 resets.',
		danger: 'configuration',
		needsEnterCnd: true,
		risk: 'With 0 a crash leaves the modem offline until a power cycle. Back with AT!EROPTION=1.',
	},
	{
		name: 'AT!IMPREF=',
		says: 'Sets the preferred image.',
		danger: 'configuration',
		needsEnterCnd: true,
		risk: 'A pair that is not stored leaves the modem in low power. Note AT!IMPREF? first.',
	},
	{
		name: 'AT!USBCOMP=',
		says: 'Sets which USB interfaces the application offers.',
		danger: 'configuration',
		needsEnterCnd: true,
		risk: 'A wrong value takes the AT port away. Note AT!USBCOMP? first.',
	},
	{
		name: 'AT!USBPID=',
		says: 'Sets the USB product ids of the application and of the loader.',
		danger: 'configuration',
		needsEnterCnd: true,
		risk: 'With ids that no driver knows the ports are gone. Note AT!USBPID? first.',
	},
	{
		name: 'AT!CUSTOM=',
		says: 'Sets a customisation.',
		danger: 'configuration',
		needsEnterCnd: true,
		risk: 'It stays over resets. Note AT!CUSTOM? first.',
	},
	{
		name: 'AT!ERR=',
		says: 'Clears the table of logged errors.',
		danger: 'destructive',
		needsEnterCnd: true,
		risk: 'The errors that would explain a crash are gone. Read AT!ERR first.',
	},
	{
		name: 'AT!GCCLR',
		says: 'Clears the data of the last crash.',
		danger: 'destructive',
		needsEnterCnd: true,
		risk: 'The data that would explain a crash are gone. Read AT!GCDUMP first.',
	},
	{
		name: 'AT!IMAGE=',
		says: 'Deletes stored images.',
		danger: 'destructive',
		needsEnterCnd: true,
		risk: 'Deleted images are gone until they are flashed again.',
	},
	{
		name: 'AT!RMARESET=',
		says: 'Restores the modem’s settings to a restore point.',
		danger: 'destructive',
		needsEnterCnd: true,
		risk: 'Carrier, bands and every own setting are lost. There is no way back.',
		synonyms: ['factory reset', 'rma'],
	},
	{
		name: 'AT!NVRESTORE=',
		says: 'Restores the modem’s settings (older modems).',
		danger: 'destructive',
		needsEnterCnd: true,
		risk: 'Every own setting is lost. There is no way back.',
	},
];

/** From what only reads to what cannot be undone. */
const dangers: readonly Danger[] = [
	'read',
	'gate',
	'configuration',
	'resets',
	'leaves',
	'destructive',
];

/**
 * What the catalogue knows of a line as typed: of several commands in it, the most dangerous one.
 * Undefined when none is in it.
 */
export function lookUp(line: string): AtCommand | undefined {
	return commandsIn(line)
		.flatMap((typed) => catalogue.find((command) => isTyped(command, typed)) ?? [])
		.sort((a, b) => dangers.indexOf(b.danger) - dangers.indexOf(a.danger))[0];
}

function isTyped({ name, danger, forms }: AtCommand, typed: string): boolean {
	if (typed === name || forms?.test(typed)) return true;
	if (danger === 'read' || danger === 'gate') return false;
	const setting = name.endsWith('=') ? name : `${name}=`;
	return typed.startsWith(setting) && typed !== `${setting}?`;
}

/** Commands whose name, words or synonyms hold what was typed; best first. */
export function search(typed: string): AtCommand[] {
	const wanted = typed.trim().toLowerCase();
	if (wanted === '') return [];
	const begins = catalogue.filter(({ name }) => name.toLowerCase().startsWith(wanted));
	const named = catalogue.filter(({ synonyms = [] }) =>
		synonyms.some((word) => word.startsWith(wanted)),
	);
	const inName = catalogue.filter(({ name }) => name.toLowerCase().includes(wanted));
	const inWords = catalogue.filter(({ says, synonyms = [] }) =>
		[says, ...synonyms].some((words) => words.toLowerCase().includes(wanted)),
	);
	return [...new Set([...begins, ...named, ...inName, ...inWords])];
}

/** True when a line must be asked for by name before it is sent. */
export const asksFirst = (line: string): boolean => {
	const danger = lookUp(line)?.danger;
	return danger !== undefined && danger !== 'read' && danger !== 'gate';
};
