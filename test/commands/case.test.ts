import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { caseCommand } from '../../source/commands/case/case.ts';
import type { CaseFlags } from '../../source/commands/case/options.ts';
import { replay } from '../../source/commands/recording/replay.ts';
import { openCase } from '../../source/recording/case/open-case.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { signRehearsal } from '../../source/simulator/backend/rehearsal.ts';
import { meetInFolder, newFolder, speed } from '../flash/rehearse.ts';
import { fieldPath, goodModuleLog } from '../recording/field.ts';

let folder: string;
beforeEach(() => {
	folder = newFolder();
	process.env.XDG_STATE_HOME = newFolder();
});

const none: CaseFlags = {
	...{ output: undefined, snapshot: false, unpack: undefined, unmasked: false },
	...{ device: undefined, rehearsal: undefined, json: false },
};

async function run(input: readonly string[], flags: Partial<CaseFlags>) {
	const [out, said]: [string[], string[]] = [[], []];
	const exit = await caseCommand(
		input,
		{ ...none, ...flags },
		{ out: (line) => out.push(line), say: (line) => said.push(line) },
	);
	return { exit, out: out.join('\n'), said: said.join('\n') };
}

/** A simulated modem, as `simulate --socket` shows it. */
async function rehearsed(scenario: string): Promise<string> {
	const met = await meetInFolder(scenario);
	await signRehearsal(met.folder, { pid: process.pid, scenario, speed, image: 'none' });
	return met.folder;
}

describe('modemscope case', () => {
	it('packs a log with the doctor and a snapshot of the modem, masked, and opens again', async () => {
		const output = join(folder, 'x.case');
		const flags = { output, snapshot: true, rehearsal: await rehearsed('healthy') };
		const { exit, out, said } = await run([fieldPath(goodModuleLog)], flags);
		expect({ exit, said }).toEqual({ exit: 0, said: '' });
		expect(out).toContain('Identifiers are masked.');
		expect(statSync(output).mode & 0o777).toBe(0o600);
		const found = openCase(readFileSync(output));
		if ('why' in found) throw new Error(found.why);
		expect(found.files.get('doctor.txt')!.toString()).toContain('RC7620');
		const snapshot = found.files.get('snapshot.ndjson')!.toString();
		expect(snapshot).toContain('"command":"AT!GSTATUS?"');
		const pieces: string[] = [];
		const write = async (piece: string | Uint8Array) => void pieces.push(String(piece));
		expect(await replay(output, { json: false, columns: 80, write })).toBe(0);
		expect(pieces.join('')).toContain('Sahara');
	});

	it('says why there is no snapshot, and packs the rest', async () => {
		const output = join(folder, 'x.case');
		const flags = { output, snapshot: true, rehearsal: await rehearsed('loader') };
		const { exit, said } = await run([fieldPath(goodModuleLog)], flags);
		expect(exit).toBe(0);
		expect(said).toContain('no snapshot: The boot loader does not speak AT');
	});

	it('becomes a fixture: its files in a folder, and the recording among them', async () => {
		const output = join(folder, 'x.case');
		await run([fieldPath(goodModuleLog)], { output });
		const fixture = join(folder, 'fixture');
		const { out } = await run([output], { unpack: fixture, json: true });
		expect(JSON.parse(out)).toMatchObject({ modemscopeCase: 1, masked: true });
		expect(readdirSync(fixture).sort()).toEqual(['doctor.txt', 'kernel.log', 'recording.ndjson']);
		const [packed, fixed] = [
			await openAny(output),
			await openAny(join(fixture, 'recording.ndjson')),
		];
		expect(fixed).toEqual(packed);
		await expect(run([output], { unpack: fixture })).rejects.toThrow('is not empty');
	});

	it('overwrites nothing, and takes the newest recording where none is named', async () => {
		const output = join(folder, 'x.case');
		await expect(run([], { output })).rejects.toThrow('There is no recording yet.');
		writeFileSync(output, 'mine');
		await expect(run([fieldPath(goodModuleLog)], { output })).rejects.toThrow('is there already');
		await expect(run([fieldPath(goodModuleLog)], {})).rejects.toThrow('Say where');
		expect(readFileSync(output, 'utf8')).toBe('mine');
	});
});
