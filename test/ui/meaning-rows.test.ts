import { expect, it } from 'vitest';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { stripColors } from '../../source/ui/text/lines.ts';
import { type Meaning, meaningRows } from '../../source/ui/views/usb/finding-rows.ts';

const appearance = createAppearance({ color: true, ascii: false });
const loop: Meaning = {
	title: 'Boot loop: up 2.4 s, down 11.3 s (likely)',
	means: 'The modem starts, resets 2.4 s later, and starts again, and so on. '.repeat(3),
	next: ['h  Arm AT!BOOTHOLD for the next window.', 'Or do this. '.repeat(8), 'Or that.'],
	source: 'Known from: a field log',
};
function at(height: number) {
	const { rows, hidden } = meaningRows(appearance, loop, { width: 60, height });
	return { rows: rows.map((row) => stripColors(row).trimEnd()), hidden };
}

it('keeps the step to take now whole, however low the pane, and counts what it hides', () => {
	const { rows: whole } = at(40);
	expect(whole.at(-1)).toBe(' Known from: a field log');
	for (let height = 1; height < whole.length - 2; height++) {
		const { rows, hidden } = at(height);
		expect(rows.length).toBeLessThanOrEqual(height);
		expect(rows).toContain(' Next: h  Arm AT!BOOTHOLD for the next window.');
		expect(hidden).toBe(whole.length - 2 - rows.length);
	}
	expect(at(2).rows).toHaveLength(2);
	expect(at(0).rows).toEqual([]);
});
