/** Bytes of a pasted text to characters: UTF-8, UTF-16 as PowerShell's `>` writes it, Windows-1252. */

/** Undefined for what is no text. */
export function textOf(bytes: Uint8Array): string | undefined {
	const encoding = encodingOf(bytes);
	const text = new TextDecoder(encoding).decode(bytes);
	return isBinary(text) ? undefined : text;
}

function encodingOf(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	const zeros = [0, 0];
	const looked = Math.min(bytes.length, 4096) & ~1;
	for (let at = 0; at < looked; at++) if (bytes[at] === 0) zeros[at & 1]!++;
	// ASCII in UTF-16 has a zero in every pair.
	if (zeros[1]! > looked / 4 && zeros[0]! < looked / 16) return 'utf-16le';
	if (zeros[0]! > looked / 4 && zeros[1]! < looked / 16) return 'utf-16be';
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return 'utf-8';
	} catch {
		return isMostlyUtf8(bytes) ? 'utf-8' : 'windows-1252';
	}
}

/** A log that was cut in the middle of a character, or has noise of a serial line in it, is UTF-8 still. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
	const text = new TextDecoder('utf-8').decode(bytes.subarray(0, 65_536));
	const broken = text.split('\ufffd').length - 1;
	const wide = text.match(/[^\u0000-\u007f\ufffd]/g)?.length ?? 0;
	return wide > broken;
}

/** A tenth of controls is no text. A serial line may say some. */
function isBinary(text: string): boolean {
	const head = text.slice(0, 65_536);
	const controls = head.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
	return controls * 10 > head.length;
}
