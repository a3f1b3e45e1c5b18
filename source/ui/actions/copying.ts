/** Copying: to the clipboard through the terminal (OSC 52), and to a file, which always works. */
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { maskSecrets } from '../../at/secrets.ts';
import { isoTime } from '../../clock.ts';
import { ownFolder } from '../../own-files.ts';
import { Identifiers } from '../../protocol/text/identifiers.ts';
import { recordingsFolder } from '../../recording/file/places.ts';
import type { ViewContext } from './view-context.ts';

/** The text without passwords, and without what tells one modem or one person from all others. */
export const masked = (text: string): string => identifiers.mask(maskSecrets(text));

/** What is copied twice, or filmed in many pictures, has one mask. */
const identifiers = new Identifiers();

/** Bytes that terminals take in one OSC 52. */
const clipboardHolds = 74_000;

export const osc52 = (text: string): string =>
	`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;

export async function copyRows(context: ViewContext): Promise<void> {
	const rows = context.view.copied?.() ?? context.view.list?.copied() ?? [];
	if (rows.length === 0) {
		context.toasts.show('There is nothing to copy here.');
		return;
	}
	const text = `${rows.join('\n')}\n`;
	const safe = masked(text);
	const fits = Buffer.byteLength(safe) <= clipboardHolds;
	if (fits) context.write(osc52(safe));
	const path = await keep(safe);
	const lines = rows.length === 1 ? '1 line' : `${rows.length} lines`;
	const clipboard = fits ? 'the clipboard, if this terminal takes it, and to ' : '';
	const hid = safe === text ? '' : ' Serial numbers are masked.';
	context.view.list?.selectRange(false);
	context.toasts.show(`${lines} copied to ${clipboard}${path.replace(homedir(), '~')}.${hid}`);
}

async function keep(text: string): Promise<string> {
	const folder = join(dirname(recordingsFolder()), 'copied');
	ownFolder(folder);
	const name = isoTime().slice(0, 23).replace(/[:.]/g, '-');
	const path = join(folder, `${name}.txt`);
	await writeFile(path, text, { flag: 'wx', mode: 0o600 });
	return path;
}
