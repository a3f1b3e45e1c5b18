import type { Recording } from '../log/record.ts';
import { type Importer, type LineReader, unknownStart } from './importer.ts';
import { importers } from './importers.ts';
import type { Line } from './line.ts';
import { Paste } from './paste.ts';
import { unwrapMail } from './text/mail-wrap.ts';
import { oldestFirst } from './text/oldest-first.ts';
import { promptCommand } from './text/prompt.ts';
import { undress } from './text/undress.ts';
import { atTranscript } from './tools/at-transcript.ts';

/** Lines that nobody knew, of which the first are named. */
const mostNamed = 10;

export type ReadText = {
	readonly recording: Recording;
	/** How many lines each importer took, by what it reads. */
	readonly taken: ReadonlyMap<string, number>;
	readonly unknown: number;
	readonly prompts: number;
};

type Begun = { readonly importer: Importer; readonly reader: LineReader };

/** Makes a recording of whatever a person pasted; undefined when no importer knows a line of it. */
export function readText(text: string, title: string): ReadText | undefined {
	const paste = new Paste();
	const readers = importers.map((importer) => ({ importer, reader: importer.begin(paste) }));
	const taken = new Map<string, number>();
	let prompts = 0;
	const count = ({ reads }: Importer, by: number) => taken.set(reads, (taken.get(reads) ?? 0) + by);
	const offer = (line: Line, among: readonly Begun[]) => {
		const found = among.find(({ reader }) => reader.take(line));
		if (found) count(found.importer, 1);
		return found !== undefined;
	};
	const sure = readers.filter(({ importer }) => importer.isSure);
	const others = readers.filter(({ importer }) => !importer.isSure);
	const take = (line: Line) => {
		const waiting = others.filter(({ reader }) => reader.isWaiting);
		if (!offer(line, sure) && !offer(line, waiting) && !offer(line, others)) paste.unknown(line);
	};
	/** What a reader took and gave back may be another's. */
	const takeBack = () => {
		for (const line of paste.withdrawn.splice(0)) {
			count(atTranscript, -1);
			const rest = others.filter(({ importer }) => importer !== atTranscript);
			if (!offer(line, rest)) paste.unknown(line);
		}
	};
	for (const line of oldestFirst(unwrapMail(undress(text)))) {
		const command = promptCommand(line.text);
		if (command === undefined) take(line);
		else {
			prompts++;
			for (const { reader } of readers) reader.command?.(command, line);
			paste.note(line, paste.untimed);
		}
		takeBack();
	}
	for (const { reader } of readers) reader.end?.();
	takeBack();
	const events = paste.events();
	const known = [...taken.values()].reduce((sum, each) => sum + each, 0);
	if (known === 0) return undefined;
	const used = readers.filter(({ importer }) => (taken.get(importer.reads) ?? 0) > 0);
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

function originOf(used: readonly Begun[]): string {
	const names = used.map(({ importer }) => importer.reads);
	const caveats = used.flatMap(({ reader }) => reader.caveat?.() ?? []);
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
