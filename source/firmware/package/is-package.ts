import { stat } from 'node:fs/promises';
import { openFile } from '../partitions/plain-file.ts';

/** A folder, or a file that begins as a ZIP archive does. */
export async function isPackage(path: string): Promise<boolean> {
	const found = await stat(path).catch(() => undefined);
	if (!found?.isFile()) return found?.isDirectory() ?? false;
	const handle = await openFile(path);
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
		return bytesRead === 4 && /^PK(?:\x03\x04|\x05\x06)/.test(buffer.toString('latin1'));
	} finally {
		await handle.close();
	}
}
