import type { Recording } from '../file/record.ts';
import { type Importer, type LineReader, unknownStart } from './importer.ts';
import { importers } from './importers.ts';
import type { Line } from './line.ts';
import { Paste } from './paste.ts';
import { unwrapMail } from './text/mail-wrap.ts';
import { promptCommand } from './text/prompt.ts';
import { undress } from './text/undress.ts';

/** Lines that nobody knew, of which the first are named. */
const mostNamed = 10;

export type ReadText = {
	readonly recording: Recording;
	/** How many lines each importer took, by what it reads. */
	readonly taken: ReadonlyMap<string, number>;
	readonly unknown: number;
	readonly prompts: number;
};

/** Makes a recording of whatever a person pasted; undefined when no importer knows a line of it. */
export function readText(text: string, title: string): ReadText | undefined {
	const paste = new Paste();
	const readers = importers.map((importer): [Importer, LineReader] => [
		importer,
		importer.begin(paste),
	]);
	const taken = new Map<string, number>();
	let prompts = 0;
	for (const line of unwrapMail(undress(text))) {
		const command = promptCommand(line.text);
		if (command !== undefined) {
			prompts++;
			for (const [, reader] of readers) reader.command?.(command, line);
			paste.note(line, paste.untimed);
			continue;
		}
		const found = readers.find(([, reader]) => reader.take(line));
		if (found) taken.set(found[0].reads, (taken.get(found[0].reads) ?? 0) + 1);
		else paste.unknown(line);
	}
	for (const [, reader] of readers) reader.end?.();
	const known = [...taken.values()].reduce((sum, count) => sum + count, 0);
	const events = paste.events();
	// A command that nobody answered is no transcript.
	if (known === 0 || known === paste.withdrawn) return undefined;
	const used = readers.filter(([importer]) => taken.has(importer.reads));
	return {
		recording: {
			header: {
				modemscope: 1,
				started: startedAt(paste),
				title,
				origin: originOf(used),
				speed: 1,
			},
			events,
			notes: [...paste.notes, ...unknownNote(paste.unknownLines)],
		},
		taken,
		unknown: paste.unknownLines.length,
		prompts,
	};
}

function startedAt({ wall }: Paste): string {
	const { started } = wall;
	return started === undefined || !Number.isFinite(started)
		? unknownStart
		: new Date(started * 1000).toISOString();
}

function originOf(used: readonly [Importer, LineReader][]): string {
	const names = used.map(([{ reads }]) => reads);
	const caveats = used.flatMap(([, reader]) => reader.caveat?.() ?? []);
	return [`imported from ${names.join('; ')}`, ...caveats].join('; ');
}

function unknownNote(lines: readonly Line[]): string[] {
	if (lines.length === 0) return [];
	const numbers = lines.slice(0, mostNamed).map(({ number }) => number);
	const more = lines.length > numbers.length ? ' …' : '';
	return [
		lines.length === 1
			? `Line ${numbers[0]} was not understood: it is kept as a note.`
			: `${lines.length} lines were not understood: they are kept as notes (lines ${numbers.join(', ')}${more}).`,
	];
}
