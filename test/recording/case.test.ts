import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import { isGzip, openCase } from '../../source/recording/case/open-case.ts';
import { type CaseParts, packCase } from '../../source/recording/case/pack.ts';
import { padding, tarEnd, tarHeader } from '../../source/recording/case/tar.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { header, note, temporaryFile } from './field.ts';

const imei = '359072061234567';
const serial = 'LF98765432';

const answer = (t: number): Event => ({
	...{ t, source: 'at', type: 'at-answered', port: 'ttyUSB2', command: 'ATI' },
	...{ lines: [`IMEI: ${imei}`], result: 'OK', seconds: 0.1 },
});
const bytes = (t: number, text: string): Event => ({
	...{ t, source: 'port', type: 'bytes', port: 'ttyUSB2', dir: 'in' },
	hex: Buffer.from(text).toString('hex'),
});
const device = { path: '3-1', vid: '1199', pid: '68c0', serial, interfaces: [] };
const events: Event[] = [
	{ t: 0, source: 'usb', type: 'usb-came', device },
	bytes(1, `\r\nIMEI: ${imei.slice(0, 7)}`),
	bytes(1.1, `${imei.slice(7)}\r\n`),
	answer(1.2),
	note(2, 'alice came by'),
];

const parts: CaseParts = {
	recording: { header, events, notes: [] },
	snapshot: [answer(0)],
	doctor: ['  in the way: holder: /home/alice/dial.sh holds ttyUSB2'],
	kernel: [`[ 1.0] usb 3-1: SerialNumber: ${serial}`, `[ 2.0] modem says ${imei}`],
};

const versions = { modemscope: '0.1.0', node: '24.0.0', kernel: '6.1', machine: 'linux x64' };
const packed = '2026-11-29T10:00:00.000Z';

const pack = (mask?: { host?: string; user?: string }, from = parts) =>
	packCase(from, { versions, packed, mask });
const archiveOf = (mask?: { host?: string; user?: string }) =>
	Buffer.concat([...pack(mask).pieces()]);

function opened(archive: Buffer) {
	const found = openCase(gzipSync(archive));
	if ('why' in found) throw new Error(found.why);
	return found;
}

describe('a case', () => {
	it('has each part, with its size and its hash in the list', () => {
		const { manifest, files } = opened(archiveOf({ user: 'alice' }));
		expect(manifest).toMatchObject({ modemscopeCase: 1, masked: true, versions, packed });
		expect(manifest.files.map(({ name }) => name)).toEqual([...files.keys()]);
		expect([...files.keys()]).toEqual([
			'recording.ndjson',
			'snapshot.ndjson',
			'doctor.txt',
			'kernel.log',
		]);
	});

	it('holds no identifier, and one mask for one value in all its files', () => {
		const archive = archiveOf({ host: 'gateway-seven', user: 'alice' });
		const text = archive.toString('latin1');
		for (const value of [imei, serial, 'alice', Buffer.from(imei).toString('hex')]) {
			expect(text).not.toContain(value);
		}
		const { files } = opened(archive);
		const [, mask = ''] = /says (\S+)/.exec(files.get('kernel.log')!.toString()) ?? [];
		expect(mask).toMatch(/^\*+#\d+$/);
		expect(files.get('recording.ndjson')!.toString()).toContain(`IMEI: ${mask}`);
		expect(files.get('snapshot.ndjson')!.toString()).toContain(`IMEI: ${mask}`);
	});

	it('keeps them by a named act only, and says so', () => {
		const { manifest, files } = opened(archiveOf());
		expect(manifest.masked).toBe(false);
		expect(files.get('kernel.log')!.toString()).toContain(imei);
	});

	it('opens as the recording that was packed, wherever a recording opens', async () => {
		const path = await temporaryFile(gzipSync(archiveOf()));
		const recording = await openAny(path);
		expect(recording).toEqual({ header, events, notes: [] });
	});

	it('is a tar archive to others: names, sizes and checksums where they look for them', () => {
		const archive = archiveOf();
		expect(archive.toString('latin1', 0, 9)).toBe('case.json');
		expect(archive.toString('latin1', 257, 265)).toBe('ustar\x0000');
		expect(archive.length % 512).toBe(0);
		expect(isGzip(gzipSync(archive))).toBe(true);
	});

	it('is packed without being held: a recording is walked over, piece by piece', () => {
		let held = 0;
		let most = 0;
		function* many(): Generator<Event> {
			for (let n = 0; n < 20_000; n++) yield note(n, `line ${n}`);
		}
		const recording = { header, notes: [], events: { [Symbol.iterator]: many } };
		for (const piece of pack(undefined, { ...parts, recording }).pieces()) {
			held = piece.length;
			most = Math.max(most, held);
		}
		expect(most).toBeLessThan(64 * 1024);
	});
});

describe('a hostile case', () => {
	const good = archiveOf();
	const file = (name: string, content: string | Buffer, change?: (head: Buffer) => void) => {
		const body = Buffer.from(content);
		const head = tarHeader(name, body.length, 0);
		change?.(head);
		return Buffer.concat([head, body, padding(body.length)]);
	};
	/** As a header is that has been changed and sealed again. */
	const seal = (head: Buffer) => {
		head.fill(' ', 148, 156);
		const sum = head.reduce((total, byte) => total + byte, 0);
		head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	};
	const link = (head: Buffer) => {
		head.write('2', 156);
		head.write('/etc/passwd', 157);
		seal(head);
	};
	const manifest = (name: string) =>
		JSON.stringify({
			...{ modemscopeCase: 1, packed, masked: true, versions },
			files: [{ name, size: 1, sha256: '0'.repeat(64), what: '' }],
		});
	const withFile = (name: string, change?: (head: Buffer) => void) =>
		Buffer.concat([file('case.json', manifest(name)), file(name, 'x', change), tarEnd()]);

	it.each<[string, Buffer, RegExp]>([
		['a path that leads elsewhere', withFile('../../etc/cron.d/x'), /does not belong/],
		['an absolute path', withFile('/etc/passwd'), /does not belong/],
		['a link', withFile('recording.ndjson', link), /something else than plain files/],
		[
			'a name in two parts',
			withFile('recording.ndjson', (head) => {
				head.write('/tmp', 345);
				seal(head);
			}),
			/something else/,
		],
		['a hash that does not fit', withFile('recording.ndjson'), /hash of recording.ndjson/],
		[
			'a header that was changed',
			withFile('recording.ndjson', (head) => head.write('y', 3)),
			/header in it is broken/,
		],
		[
			'a size beyond its end',
			withFile('recording.ndjson', (head) => {
				head.write('77777777777', 124);
				seal(head);
			}),
			/was cut/,
		],
		[
			'a file twice',
			Buffer.concat([file('case.json', '{}'), file('case.json', '{}'), tarEnd()]),
			/twice/,
		],
		[
			'many files',
			Buffer.concat([...Array.from({ length: 20 }, (_, n) => file(`f${n}`, '')), tarEnd()]),
			/too many/,
		],
		[
			'no list',
			Buffer.concat([file('recording.ndjson', 'x'), tarEnd()]),
			/does not begin with case.json/,
		],
		[
			'a list that is none',
			Buffer.concat([file('case.json', '[]'), tarEnd()]),
			/is not as modemscope case writes it/,
		],
		[
			'a list without its files',
			Buffer.concat([file('case.json', manifest('doctor.txt')), tarEnd()]),
			/differ/,
		],
		['no end', good.subarray(0, -1024), /no end/],
		['something else', Buffer.alloc(2048, 'x'), /no tar archive/],
		['nothing', Buffer.alloc(0), /no end/],
	])('is refused: %s', async (_, archive, why) => {
		const found = openCase(gzipSync(archive));
		expect('why' in found && found.why).toMatch(why);
		await expect(openAny(await temporaryFile(gzipSync(archive)))).rejects.toThrow(why);
	});

	it('is refused where it would unpack to more than memory takes, or is cut', () => {
		const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
		expect(openCase(bomb)).toEqual({ why: 'it is too long when unpacked' });
		const whole = gzipSync(good);
		for (let at = 2; at < whole.length; at += 97) {
			expect(openCase(whole.subarray(0, at))).toHaveProperty('why');
		}
	});

	it('is refused or opened as it was, whatever byte of it is changed', () => {
		for (let at = 0; at < good.length; at += 61) {
			const changed = Buffer.from(good);
			changed[at]! ^= 0x55;
			const found = openCase(gzipSync(changed, { level: 0 }));
			if ('why' in found) continue;
			expect(found.files).toEqual(opened(good).files);
		}
	});
});

it('unpacks with tar', async () => {
	const path = await temporaryFile(gzipSync(archiveOf()), 'x.case');
	const list = spawnSync('tar', ['-tzvf', path], { encoding: 'utf8' });
	if (list.error) return;
	expect(list.stderr).toBe('');
	expect(list.stdout).toMatch(/-rw------- .* case\.json\n.*recording\.ndjson\n/);
});
