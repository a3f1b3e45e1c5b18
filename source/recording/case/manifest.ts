import * as v from 'valibot';

/** What a case may hold, and what each is; it has the manifest and the recording at least. */
export const caseFiles = {
	'recording.ndjson': 'the recording',
	'snapshot.ndjson': 'the answers to the AT commands that tell the state of the modem',
	'doctor.txt': 'what stood between the machine and the modem when it was packed',
	'kernel.log': 'lines of the kernel about USB, ttys and the modem',
} as const;
export type CaseFile = keyof typeof caseFiles;

export const manifestName = 'case.json';
export const isCaseFile = (name: string): name is CaseFile => Object.hasOwn(caseFiles, name);

const text = v.pipe(v.string(), v.maxLength(1024));

export const manifestSchema = v.object({
	modemscopeCase: v.literal(1),
	packed: v.pipe(v.string(), v.isoTimestamp()),
	/** False: identifiers were left in by a named act. */
	masked: v.boolean(),
	versions: v.object({ modemscope: text, node: text, kernel: text, machine: text }),
	files: v.array(
		v.object({
			name: text,
			size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
			sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
			what: text,
		}),
	),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;
