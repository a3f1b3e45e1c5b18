import type { Code } from '../fields.ts';
import { imageResults } from '../qdl/codes.ts';

/**
 * What a Sierra loader has against an image, which it tells in a log line: "Device returned error
 * code 0x80 Invalid image type" (forum.sierrawireless.com 35206). The codes are those of QDL.
 */
export function codeInLog(line: string): Code | undefined {
	const [, code] = /\berror code 0x([0-9a-f]{1,4})\b/i.exec(line) ?? [];
	return code === undefined ? undefined : imageResults[Number.parseInt(code, 16)];
}
