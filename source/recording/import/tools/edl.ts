/** bkerler's edl with --debugmode: `RX:` and `TX:` with the bytes in hex, or with XML over some lines. */
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';

const traffic = /^(?:DeviceClass - \[LIB\]: |\S+ - )?([RT]X): ?(.*)$/;
const remark =
	/^(?:main|sahara|firehose|DeviceClass|firehose_client|loader_utils|streaming|diag|nandconfig|qc_diag) - |^Qualcomm Sahara \/ Firehose Client/;
/** What it says of the chip, and where it breaks off. */
const follows =
	/^(?:HWID|CPU detected|PK_HASH|Serial|Version 0x|Detected 0x|Traceback|File "|AttributeError|~+\^*$|\[!\])/;
/** The name of a module stands alone on the line before its remark. */
const module = /^(?:main|sahara|firehose|DeviceClass|firehose_client|loader_utils|streaming)$/;
const hex = /^(?:[0-9a-f]{2})+$/i;
const xml = /^<(?:\?xml|\/?data|log|response|configure|program|nop|read|patch|power|\w+ )/;
const port = 'the port of edl';

export const edl: Importer = {
	reads: 'edl --debugmode',
	begin: (paste) => new Reading(paste),
};

class Reading implements LineReader {
	readonly #paste: Paste;
	#hasBegun = false;

	constructor(paste: Paste) {
		this.#paste = paste;
	}

	take(line: Line): boolean {
		const [, way, data = ''] = traffic.exec(line.text) ?? [];
		if (way !== undefined && (data === '' || hex.test(data) || xml.test(data))) {
			const bytes = hex.test(data) ? data.toLowerCase() : Buffer.from(data).toString('hex');
			const dir = way === 'RX' ? 'in' : 'out';
			if (bytes !== '') {
				const fact = { type: 'bytes' as const, port, dir: dir as 'in' | 'out', hex: bytes };
				this.#paste.say('port', fact, line, this.#paste.untimed);
			}
			this.#hasBegun = true;
			return true;
		}
		if (this.#hasBegun && module.test(line.text)) return true;
		if (!remark.test(line.text) && !(this.#hasBegun && follows.test(line.text))) return false;
		this.#hasBegun = true;
		this.#paste.note(line, this.#paste.untimed);
		return true;
	}
}
