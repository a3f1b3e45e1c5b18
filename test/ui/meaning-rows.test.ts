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
const rowsAt = (height: number) =>
	meaningRows(appearance, loop, 60, height).map((row) => stripColors(row).trimEnd());

it('keeps the step to take now whole, however low the pane, and says what it hides', () => {
	const whole = rowsAt(40);
	expect(whole.at(-1)).toBe(' Known from: a field log');
	for (let height = 3; height < whole.length - 2; height++) {
		const rows = rowsAt(height);
		expect(rows.length).toBeLessThanOrEqual(height);
		expect(rows).toContain(' Next: h  Arm AT!BOOTHOLD for the next window.');
		const hidden = whole.length - 2 - (rows.length - 1);
		expect(rows.at(-1)).toBe(` ${hidden} more rows: Tab, +`);
	}
	expect(rowsAt(2)).toHaveLength(2);
	expect(rowsAt(0)).toEqual([]);
});
