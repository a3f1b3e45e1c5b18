import { type Field, fieldOf, type Reader } from './field.ts';

const labels: readonly (readonly [key: string, name: string, label: RegExp])[] = [
	['crashSource', 'Source', /\bSrc *: *(.+?)(?= +(?:File|Line|Str) *:|$)/im],
	['crashFile', 'File', /\bFile *: *(\S+)/im],
	['crashLine', 'Line', /\bLine *: *(\d+)/im],
	['crashText', 'Crash message', /\bStr *: *(.+?)(?= +(?:Prc|Task|Time) *:|$)/im],
	['crashProcess', 'Process', /\bPrc *: *(.+?)(?= +(?:Task|Time) *:|$)/im],
	['crashTask', 'Task', /\bTask *: *(.+?)(?= +(?:Time|Regs) *:|$)/im],
	['crashTime', 'Time', /\bTime *: *(.+?)(?= {2,}|$)/im],
	['crashVersion', 'Version', /\bApp ver *: *(.+?)$/im],
];

/** AT!GCDUMP (Sierra forum 25313). */
export const crashDump: Reader = (lines) => {
	const text = lines.join('\n');
	if (/no crash data/i.test(text)) return [fieldOf('crash', 'Crash data', 'none')];
	const found = labels.flatMap(([key, name, label]) => {
		const value = label.exec(text)?.[1]?.trim();
		return value ? [fieldOf(key, name, value)] : [];
	});
	return found.length === 0
		? []
		: [fieldOf('crash', 'Crash data', 'yes', undefined, true), ...found];
};

/** `00 02 swi_foo.c 00123`: number, count, file, line; the names may be cut. */
const logged = /^\s*([0-9A-F]{2})\s+([0-9A-F]{1,4})\s+(\S+)\s+(\d+)\s*$/i;

/** AT!ERR (Sierra forum 28067). */
export const errorLog: Reader = (lines) => {
	const errors: Field[] = lines.flatMap((line) => {
		const [, number, count = '', file, at] = logged.exec(line) ?? [];
		const times = Number.parseInt(count, 16);
		return number === undefined
			? []
			: [
					fieldOf(
						`error${number}`,
						`Error ${number}`,
						`${file} line ${Number(at)}`,
						`${times} times`,
					),
				];
	});
	if (errors.length > 0) return errors;
	return lines.some((line) => /^\s*00\s+0*$|no (?:errors|log)/i.test(line.trimEnd()))
		? [fieldOf('errors', 'Logged errors', 'none')]
		: [];
};
