import type { ReadStream } from 'node:tty';
import { sanitize } from '../protocol/text/sanitize.ts';
import type { Output } from './common/command.ts';

const controlC = 0x03;
const controlD = 0x04;

/**
 * What is pasted into the terminal until Ctrl-D; undefined after Ctrl-C. The terminal is raw for it:
 * else it cuts lines after 4095 bytes, and takes signs of the text for keys (Linux n_tty).
 */
export async function readPaste(
	terminal: ReadStream,
	{ say, write }: Output,
): Promise<Buffer | undefined> {
	say('Paste the text here, then press Ctrl-D. Ctrl-C leaves.');
	const seen = new TextDecoder();
	const chunks: Buffer[] = [];
	terminal.setRawMode(true);
	try {
		return await new Promise((resolve, reject) => {
			terminal.on('error', reject).on('end', () => resolve(Buffer.concat(chunks)));
			terminal.on('data', (chunk: Buffer) => {
				const end = chunk.findIndex((byte) => byte === controlC || byte === controlD);
				const text = end === -1 ? chunk : chunk.subarray(0, end);
				chunks.push(text);
				void write(echo(seen.decode(text, { stream: true })));
				if (end === -1) return;
				terminal.pause();
				// What was typed behind it is for the console.
				if (end + 1 < chunk.length) terminal.unshift(chunk.subarray(end + 1));
				resolve(chunk[end] === controlD ? Buffer.concat(chunks) : undefined);
			});
		});
	} finally {
		terminal.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error');
		terminal.setRawMode(false);
		await write('\n');
	}
}

/** A terminal sends Enter as CR. */
const echo = (text: string): string =>
	text
		.split(/\r\n|\r|\n/)
		.map(sanitize)
		.join('\n');
