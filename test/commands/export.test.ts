import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consoleExporter } from '../../source/commands/console-exporter.ts';
import { type ExportOptions, exportRecording } from '../../source/commands/recording/export.ts';
import { exitCode, Problem } from '../../source/problem.ts';
import { openCase } from '../../source/recording/case/open-case.ts';
import { newFolder } from './program.ts';

const recording = 'recordings/rc7620-missed-hello-2023-06-01.ndjson';
const to = async (format: ExportOptions['to'], output: string, path = recording) => {
	const lines: string[] = [];
	const written: (string | Uint8Array)[] = [];
	const exit = await exportRecording(path, {
		to: format,
		output,
		out: (line) => lines.push(line),
		write: async (piece) => void written.push(piece),
	});
	return { lines, exit, written };
};

test('as text: every frame and the finding, for a ticket', async () => {
	const output = join(newFolder(), 'case.txt');
	const { exit, lines } = await to('text', output);
	expect(exit).toBe(exitCode.done);
	expect(lines).toEqual([`Written to ${output}.`]);
	const text = readFileSync(output, 'utf8');
	expect(text).toContain('< HELLO mode 2 memory_debug  Sahara, 48 bytes, /dev/ttyUSB0');
	expect(text).toMatch(/^Finding \(/m);
	expect(statSync(output).mode & 0o077).toBe(0);
});

test('as pcapng: the next step is named', async () => {
	const output = join(newFolder(), 'case.pcapng');
	const { lines } = await to('pcapng', output);
	expect(lines.join()).toContain('wireshark -X lua_script:modemscope.lua');
	expect(readFileSync(output).readUInt32LE(0)).toBe(0x0a0d0d0a);
});

test('a file that is there is left alone, and bad names are refused', async () => {
	const output = join(newFolder(), 'there');
	writeFileSync(output, 'mine');
	await expect(to('pcapng', output)).rejects.toThrow(/is there already/);
	expect(readFileSync(output, 'utf8')).toBe('mine');
	const other = join(newFolder(), 'new');
	await expect(to('text', '/nowhere/at/all')).rejects.toBeInstanceOf(Problem);
	await expect(to('text', other, '/nowhere')).rejects.toBeInstanceOf(Problem);
	expect(existsSync(other)).toBe(false);
});

test.each(['-', '/dev/stdout'])(
	'to %s, the recording goes to standard output and nothing else does',
	async (output) => {
		const { lines, written, exit } = await to('pcapng', output);
		expect(exit).toBe(exitCode.done);
		expect(lines).toEqual([]);
		expect(Buffer.concat(written.map((piece) => Buffer.from(piece))).readUInt32LE(0)).toBe(
			0x0a0d0d0a,
		);
		expect(existsSync('-')).toBe(false);
	},
);

test('exports from the console into a folder beside the recordings, and never over a file', async () => {
	process.env.XDG_STATE_HOME = newFolder();
	const exporter = consoleExporter(undefined);
	for (const { name } of exporter.formats) {
		const said = await exporter.write(recording, name);
		const [, path = ''] = /^Written to (\S+?)\.(?: Next|$)/.exec(said) ?? [];
		expect(path).toContain('exported/rc7620-missed-hello-2023-06-01.');
		expect(statSync(path).size).toBeGreaterThan(100);
		await expect(exporter.write(recording, name)).rejects.toThrow('is there already');
	}
});

test('packs a case from the console beside the recordings, says its size, and never over an earlier one', async () => {
	process.env.XDG_STATE_HOME = newFolder();
	const pack = async () => {
		const said = await consoleExporter(undefined).packCase(recording);
		const [, path = '', size] = /^Packed into (\S+), ([\d ]+) bytes, identifiers masked\./.exec(
			said,
		)!;
		expect(statSync(path).size).toBe(Number(size!.replaceAll(' ', '')));
		return path;
	};
	const path = await pack();
	expect(path).toContain('exported/rc7620-missed-hello-2023-06-01.case');
	expect(openCase(readFileSync(path))).toMatchObject({ manifest: { masked: true } });
	expect(await pack()).toBe(path.replace('.case', '-2.case'));
});
