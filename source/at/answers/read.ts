/** The fields of an answer, by the command that it answers. The raw lines are always shown as well. */
import { hold } from '../../recording/log/hold.ts';
import { commandsIn } from '../line.ts';
import { crashDump, errorLog } from './crash.ts';
import type { Field, Reader } from './field.ts';
import { identity, plainly } from './identity.ts';
import { images } from './images.ts';
import { power } from './power.ts';
import {
	bootInfo,
	composition,
	crashAction,
	functionality,
	preference,
	priId,
	registration,
	sim,
	status,
	updateStatus,
	usbIds,
} from './tables.ts';

const readers: Readonly<Record<string, Reader>> = {
	ATI: identity,
	'AT+GMI': plainly('manufacturer', 'Maker'),
	'AT+CGMI': plainly('manufacturer', 'Maker'),
	'AT+GMM': plainly('model', 'Model'),
	'AT+CGMM': plainly('model', 'Model'),
	'AT#CGMM': plainly('model', 'Model'),
	'AT+GMR': plainly('revision', 'Revision'),
	'AT+CGMR': plainly('revision', 'Revision'),
	'AT+QGMR': plainly('revision', 'Revision'),
	'AT#CGMR': plainly('revision', 'Revision'),
	'AT#SWPKGV': plainly('revision', 'Revision'),
	'AT#FIRMWARE': plainly('revision', 'Revision'),
	'AT+CSUB': plainly('revision', 'Revision'),
	'AT+GTPKGVER?': plainly('revision', 'Revision'),
	'AT+CGSN': plainly('imei', 'IMEI'),
	'AT+GSN': plainly('imei', 'IMEI'),
	'AT!GSTATUS?': status,
	'AT!PCINFO?': power,
	'AT!IMPREF?': preference,
	'AT!GOBIIMPREF?': preference,
	'AT!IMAGE?': images,
	'AT!PRIID?': priId,
	'AT!USBCOMP?': composition,
	'AT!USBPID?': usbIds,
	'AT!USBVID?': usbIds,
	'AT!USBINFO?': usbIds,
	'AT!EROPTION?': crashAction,
	'AT!GCDUMP': crashDump,
	'AT!ERR': errorLog,
	'AT!BCFWUPDATESTATUS': updateStatus,
	'AT!BSINFO': bootInfo,
	'AT+CFUN?': functionality,
	'AT+CPIN?': sim,
	'AT+CREG?': registration,
	'AT+CEREG?': registration,
};

/** ATI and AT!IMAGE? take a number, and some commands do without their question mark. */
const readerOf = (asked: string): Reader | undefined =>
	readers[asked] ??
	readers[asked.replace(/\d+$/, '')] ??
	readers[asked.replace(/\?$/, '')] ??
	readers[`${asked}?`];
/** What of an answer is read into fields: the longest that a modem gives are a tenth of it. */
const mostLines = 500;
const longestLine = 256;

/** Answers whose fields are held: a modem is asked the same again and again, and says the same. */
const answersHeld = 64;
const longestHeld = 4096;
const held = new Map<string, readonly Field[]>();

/** What an answer says, field by field; nothing where it is not known. Never throws. */
export function fieldsOf(command: string, lines: readonly string[]): readonly Field[] {
	const key = JSON.stringify([command, lines]);
	const read = () => readFields(command, lines);
	return key.length > longestHeld ? read() : hold(held, answersHeld, key, read);
}

function readFields(command: string, lines: readonly string[]): readonly Field[] {
	const seen = new Set<string>();
	const short = lines.slice(0, mostLines).map((line) => line.slice(0, longestLine));
	return [...new Set(commandsIn(command))]
		.flatMap((asked) => readerOf(asked)?.(short) ?? [])
		.filter(({ key }) => !seen.has(key) && seen.add(key));
}

export type { Field };
