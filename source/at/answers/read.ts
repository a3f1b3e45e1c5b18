/** The fields of an answer, by the command that it answers. The raw lines are always shown as well. */
import { commandsIn } from '../line.ts';
import { crashDump, errorLog } from './crash.ts';
import type { Field, Reader } from './field.ts';
import { images } from './images.ts';
import { power } from './power.ts';
import {
	composition,
	crashAction,
	functionality,
	identity,
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
	ATI9: identity,
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
	'AT!BCFWUPDATESTATUS?': updateStatus,
	'AT+CFUN?': functionality,
	'AT+CPIN?': sim,
	'AT+CREG?': registration,
	'AT+CEREG?': registration,
};

/** What an answer says, field by field; nothing where it is not known. Never throws. */
export function fieldsOf(command: string, lines: readonly string[]): Field[] {
	const seen = new Set<string>();
	return [...new Set(commandsIn(command))]
		.flatMap((asked) => readers[asked]?.(lines) ?? [])
		.filter(({ key }) => !seen.has(key) && seen.add(key));
}

export type { Field };
