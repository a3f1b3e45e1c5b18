/**
 * What could drive a terminal instead of being read: C0 and C1 controls (ESC and CSI among them),
 * line separators, and the bidirectional controls that make text read as something else
 * (CVE-2021-42574).
 */
const controls =
	/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Most text has nothing but ASCII in it, which is quicker to find out. */
const notPlain = /[^\x20-\x7e]/;

/** JSON with every one of those escaped: it leaves C1, DEL and direction marks as they are. */
export const jsonText = (value: unknown): string => escapedJson(JSON.stringify(value));

export function escapedJson(json: string): string {
	if (!notPlain.test(json)) return json;
	return json.replace(
		controls,
		(control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/**
 * Text from a modem or a file, made safe to show: one line, the same number of characters, a tab
 * as a space and every control as a dot.
 */
export function sanitize(text: string): string {
	if (!notPlain.test(text)) return text;
	return text.replace(controls, (control) => (control === '\t' ? ' ' : '.'));
}
