import fc from 'fast-check';
import { expect, it } from 'vitest';
import InkOutput from '../../node_modules/ink/build/output.js';
import type { OutputTransformer } from '../../node_modules/ink/build/render-node-to-output.js';
import FrameOutput from '../../source/ui/terminal/frame-output.ts';
import { cellsAfter, foreignSigns, ownSigns, paintedText, wholeFrame } from './cells.ts';

const size = { width: 30, height: 6 };
const textOf = (signs: readonly string[]) =>
	fc
		.array(paintedText([...signs, '\n']), { minLength: 1, maxLength: 4 })
		.map((parts) => parts.join(''));
const transformers = fc.constantFrom<OutputTransformer[]>(
	[],
	[(line, index) => (index === 1 ? line : `\u001b[9m${line}\u001b[29m`)],
);
const bound = fc.integer({ min: -1, max: 12 });
const unbound = fc.constant(undefined);
/** A box hides what is over its edges in one direction, or in both. */
const clip = fc.oneof(
	unbound,
	fc.record({ x1: bound, x2: bound, y1: unbound, y2: unbound }),
	fc.record({ x1: unbound, x2: unbound, y1: bound, y2: bound }),
	fc.record({ x1: bound, x2: bound, y1: bound, y2: bound }),
);
const writesOf = (signs: readonly string[]) =>
	fc.array(
		fc.record({
			x: fc.integer({ min: -2, max: 12 }),
			y: fc.integer({ min: -1, max: 6 }),
			text: textOf(signs),
			transformers,
			clip,
		}),
		{ maxLength: 5 },
	);
type Write = ReturnType<typeof writesOf> extends fc.Arbitrary<(infer T)[]> ? T : never;

function draw(output: InkOutput | FrameOutput, writes: readonly Write[]): string[] {
	for (const { x, y, text, transformers, clip } of writes) {
		if (clip) output.clip(clip);
		output.write(x, y, text, { transformers });
	}
	return output.get().output.split('\n');
}

const shown = (output: InkOutput | FrameOutput, writes: readonly Write[]) =>
	cellsAfter(size, wholeFrame(draw(output, writes)));

it('draws what Ink draws', async () => {
	await fc.assert(
		fc.asyncProperty(writesOf(ownSigns), async (writes) => {
			const ours = await shown(new FrameOutput(size), writes);
			expect(ours).toEqual(await shown(new InkOutput(size), writes));
		}),
		{ numRuns: 60 },
	);
});

it('draws foreign signs where Ink draws them, and half of one as a blank', async () => {
	// The blank has no colours here, and those of the sign in Ink.
	const signs = (cells: readonly string[][]) => cells.map((row) => row.map(([sign]) => sign));
	await fc.assert(
		fc.asyncProperty(writesOf([...ownSigns, ...foreignSigns, '\u200b']), async (writes) => {
			const ours = await shown(new FrameOutput(size), writes);
			expect(signs(ours)).toEqual(signs(await shown(new InkOutput(size), writes)));
		}),
		{ numRuns: 60 },
	);
});
