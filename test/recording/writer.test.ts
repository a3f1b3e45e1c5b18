import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readRecording } from '../../source/recording/file/reader.ts';
import { createWriter } from '../../source/recording/file/writer.ts';
import { header, note, temporaryFolder } from './field.ts';

const newPath = async () => join(await temporaryFolder(), 'rec.ndjson');

test('what is written can be read, and only its owner may', async () => {
	const path = await newPath();
	const writer = createWriter(path, header);
	const events = Array.from({ length: 1000 }, (_, t) => note(t, `event ${t}`));
	for (const event of events) writer.append(event);
	await writer.close();
	expect(await readRecording(path)).toEqual({ header, events, notes: [] });
	expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('flush waits for what was appended before it, also while a batch is being written', async () => {
	const path = await newPath();
	const writer = createWriter(path, header);
	for (let t = 0; t < 20; t++) {
		writer.append(note(t, 'a'));
		const first = writer.flush();
		writer.append(note(t, 'b'));
		await Promise.all([first, writer.flush()]);
		expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(1 + 2 * (t + 1));
	}
	await writer.close();
});

test('events reach the disk by themselves', async () => {
	const path = await newPath();
	const writer = createWriter(path, header);
	writer.append(note(0, 'soon'));
	await vi.waitFor(async () => expect(await readFile(path, 'utf8')).toContain('soon'));
	await writer.close();
});

test('never replaces a file', async () => {
	const path = await newPath();
	await writeFile(path, 'precious');
	expect(() => createWriter(path, header)).toThrow(/exists already/);
	expect(await readFile(path, 'utf8')).toBe('precious');
});

test('a folder that cannot be written is a Problem at once', () => {
	expect(() => createWriter('/nowhere/rec.ndjson', header)).toThrow(/cannot be made/);
});

test('survives a folder that is removed under it, and says so once', async () => {
	const folder = join(await temporaryFolder(), 'inner');
	await mkdir(folder);
	const problems: string[] = [];
	const writer = createWriter(join(folder, 'rec.ndjson'), header, ({ message }) =>
		problems.push(message),
	);
	await writer.flush();
	await rm(folder, { recursive: true });
	for (let t = 0; t < 5; t++) {
		writer.append(note(t, 'lost'));
		await writer.flush();
	}
	await writer.close();
	expect(problems).toEqual(['The recording rec.ndjson ends here: its file was removed.']);
});

test.runIf(process.platform === 'linux')('says once that the disk is full', async () => {
	// A limit on the size of files fails a write as a full disk does.
	const command = 'ulimit -f 1; exec "$0" --input-type=module -e "$1"';
	const { stdout, stderr } = spawnSync(
		'sh',
		['-c', command, process.execPath, fullDiskScript(await newPath())],
		{ encoding: 'utf8' },
	);
	expect(stderr).toBe('');
	expect(stdout).toBe('The recording rec.ndjson ends here: the disk says EFBIG.\n');
});

test('what is queued when the process exits is written then', async () => {
	const path = await newPath();
	const { status, stderr } = spawnSync(
		process.execPath,
		['--input-type=module', '-e', exitScript(path)],
		{ encoding: 'utf8' },
	);
	expect(stderr).toBe('');
	expect(status).toBe(3);
	expect((await readRecording(path)).events).toHaveLength(5000);
});

const writerUrl = new URL('../../source/recording/file/writer.ts', import.meta.url).href;
const exitScript = (path: string) => `
	const { createWriter } = await import(${JSON.stringify(writerUrl)});
	const writer = createWriter(${JSON.stringify(path)}, ${JSON.stringify(header)});
	const event = (t) => ({ t, source: 'log', type: 'note', text: 'x'.repeat(100) });
	for (let t = 0; t < 4000; t++) writer.append(event(t));
	void writer.flush();
	for (let t = 4000; t < 5000; t++) writer.append(event(t));
	process.exit(3);
`;
const fullDiskScript = (path: string) => `
	const { createWriter } = await import(${JSON.stringify(writerUrl)});
	const say = ({ message }) => console.log(message);
	const writer = createWriter(${JSON.stringify(path)}, ${JSON.stringify(header)}, say);
	for (let t = 0; t < 5; t++) {
		writer.append({ t, source: 'log', type: 'note', text: 'x'.repeat(3000) });
		await writer.flush();
	}
	await writer.close();
`;
