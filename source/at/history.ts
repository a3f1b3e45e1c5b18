/** The AT lines that were sent, over all runs. */
import { appendFileSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ownFolder, replaceFile } from '../own-files.ts';
import { Identifiers } from '../protocol/text/identifiers.ts';
import { maskSecrets } from './secrets.ts';

/** Lines kept. */
const most = 500;

/** Kept in a file that only its owner reads, without secrets, IMEIs and serial numbers. */
export class AtHistory {
	readonly #path: string;
	readonly #identifiers = new Identifiers();
	#lines: string[];

	constructor(path: string) {
		this.#path = path;
		this.#lines = read(path);
	}

	/** Newest first, each once. */
	get lines(): readonly string[] {
		return [...new Set(this.#lines.toReversed())];
	}

	/** A history that cannot be kept is no reason not to send. */
	add(line: string): void {
		const safe = this.#identifiers.mask(maskSecrets(line.trim()));
		if (safe === '' || safe === this.#lines.at(-1)) return;
		this.#lines.push(safe);
		try {
			ownFolder(dirname(this.#path));
			if (this.#lines.length > most * 2) this.#rewrite();
			else appendFileSync(this.#path, `${safe}\n`, { mode: 0o600 });
		} catch {}
	}

	#rewrite(): void {
		this.#lines = this.#lines.slice(-most);
		replaceFile(this.#path, `${this.#lines.join('\n')}\n`);
	}
}

function read(path: string): string[] {
	try {
		return readFileSync(path, 'utf8')
			.split('\n')
			.filter((line) => /^[\x20-\x7e]+$/.test(line))
			.slice(-most);
	} catch {
		return [];
	}
}
