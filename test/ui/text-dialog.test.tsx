import { Box } from 'ink';
import { expect, it } from 'vitest';
import { SurroundingsContext } from '../../source/ui/components/console-hooks.ts';
import { TextDialog } from '../../source/ui/components/dialogs/TextDialog.tsx';
import { MouseMap } from '../../source/ui/terminal/mouse.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { stripColors } from '../../source/ui/text/lines.ts';
import { renderOn } from './fake-terminal.ts';

const appearance = createAppearance({ color: true, ascii: true });
const surroundings = {
	appearance,
	mouse: new MouseMap(() => {}),
	redraw: { repeat: () => () => {} },
};
const size = { width: 80, height: 14 };
const rows = Array.from({ length: 40 }, (_, index) =>
	index % 15 === 7 ? `row ${index} has the Loader in it` : `row ${index}`,
);

function open() {
	let isClosed = false;
	const overlay = new TextDialog(
		'A text',
		() => rows,
		() => {
			isClosed = true;
		},
	);
	const box = () => (
		<SurroundingsContext value={surroundings}>
			<Box {...size}>{overlay.render(size)}</Box>
		</SurroundingsContext>
	);
	const { rerender, frame } = renderOn(size, box());
	const text = () => {
		rerender(box());
		return stripColors(frame());
	};
	return {
		text,
		isClosed: () => isClosed,
		press(...keys: string[]) {
			for (const key of keys) {
				overlay.key(key);
				text();
			}
		},
	};
}

it('searches in a text: marks, goes on and back, round the ends', () => {
	const { press, text } = open();
	press('/', ...'loader');
	expect(text()).toContain('/loader');
	press('enter');
	expect(text()).toContain('row 7 has');
	press('n');
	expect(text()).toContain('row 22 has');
	press('n');
	expect(text()).toContain('row 37 has');
	press('n');
	expect(text()).toContain('row 7 has');
	press('N');
	expect(text()).toContain('row 37 has');
});

it('says that there is no such word, and Esc goes back one step at a time', () => {
	const { press, text, isClosed } = open();
	press('/', ...'q?', 'enter');
	expect(text()).toContain('/q? is nowhere here');
	press('esc');
	expect(text()).toContain('/ search');
	expect(isClosed()).toBe(false);
	press('/', 'x', 'esc', 'esc');
	expect(isClosed()).toBe(true);
});
