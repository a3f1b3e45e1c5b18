import { type Stats, statSync } from 'node:fs';
import { openFile } from '../partitions/open-file.ts';

/** A folder, or a file that begins as a ZIP archive does. */
export async function isPackage(path: string): Promise<boolean> {
	const found = statIfThere(path);
	if (!found?.isFile()) return found?.isDirectory() ?? false;
	const file = await openFile(path);
	try {
		const head = Buffer.alloc(4);
		const length = await file.read(head, 0);
		return length === 4 && /^PK(?:\x03\x04|\x05\x06)/.test(head.toString('latin1'));
	} finally {
		await file.close();
	}
}

function statIfThere(path: string): Stats | undefined {
	try {
		return statSync(path);
	} catch {
		// Whoever opens it tells why.
		return undefined;
	}
}
