import type { Line } from '../line.ts';
import { promptCommand } from './prompt.ts';

/** Mail breaks a line that would be longer than this, columns. */
const mailWidth = 72;
/** A line longer than this was not broken by mail. */
const longest = 100;

/** Lines that begin with a time, as all of such a log do; and the long ones of qmi-firmware-update. */
const stamped =
	/^(?:<\d+>)?\[ *[^\] ][^\]]{2,39}\]|^\S{3} +\d{1,2} \d\d:\d\d:\d\d|^\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^error: /;
/** What is a line of its own, though it has no time. */
const own =
	/^(?:error|warning|loading|setting|reboot|download|normal|finaliz|successful|original|new |Bus \d|[A-Z]: |\/:|\||at[+!^#$&i]|ok$|usb \d|[\w-]+ \d+-\d)/i;

/** Puts together again what a mail program broke in two: a line with a time and its rest without one. */
export function unwrapMail(lines: readonly Line[]): Line[] {
	const whole: Line[] = [];
	/** Columns of the last piece of the line that is being put together. */
	let width = 0;
	for (const line of lines) {
		const before = whole.at(-1);
		const isNext = before !== undefined && line.number === before.number + 1;
		if (isNext && stamped.test(before.text) && isRest(line, width)) {
			whole[whole.length - 1] = { ...before, text: `${before.text} ${line.text}` };
			width = line.indent + line.text.length;
		} else {
			whole.push(line);
			width = line.indent + line.text.length;
		}
	}
	return whole;
}

function isRest({ text }: Line, width: number): boolean {
	if (width > longest || stamped.test(text) || own.test(text)) return false;
	if (promptCommand(text) !== undefined) return false;
	const [word = ''] = text.split(' ', 1);
	return width + 1 + word.length > mailWidth;
}
