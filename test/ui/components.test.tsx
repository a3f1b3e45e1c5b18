import { render } from 'ink-testing-library';
import type { ReactNode } from 'react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DrawingBoundary } from '../../source/ui/app/DrawingBoundary.tsx';
import { SurroundingsContext } from '../../source/ui/components/console-hooks.ts';
import { Lines } from '../../source/ui/components/Lines.tsx';
import { List } from '../../source/ui/components/List.tsx';
import { Pane } from '../../source/ui/components/Pane.tsx';
import { ListState } from '../../source/ui/list/list-state.ts';
import { MouseMap } from '../../source/ui/terminal/mouse.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { stripColors } from '../../source/ui/text/lines.ts';

/** A component by itself: no console, no session. */
function shown(part: ReactNode, ascii = false) {
	const appearance = createAppearance({ color: false, ascii, env: {} });
	const surroundings = {
		appearance,
		mouse: new MouseMap(() => {}),
		redraw: { repeat: () => () => {} },
	};
	const around = (inner: ReactNode) => (
		<SurroundingsContext value={surroundings}>{inner}</SurroundingsContext>
	);
	const { lastFrame, rerender, unmount } = render(around(part));
	onTestFinished(unmount);
	return { frame: () => lastFrame() ?? '', show: (next: ReactNode) => rerender(around(next)) };
}

describe('Lines', () => {
	it('is no wider and no higher than its room', () => {
		const { frame } = shown(
			<Lines lines={['abcdef', 'second', 'third']} size={{ width: 4, height: 2 }} />,
		);
		expect(frame().split('\n')).toHaveLength(2);
		for (const line of frame().split('\n')) expect(line.length).toBeLessThanOrEqual(4);
	});

	it('lets no control of others through', () => {
		const { frame } = shown(
			<Lines lines={['a\u001b[2Jb\u0007c\u009b1md']} size={{ width: 40, height: 1 }} />,
		);
		expect(frame()).not.toMatch(/[\u0007\u001b\u009b]/);
	});

	it('draws with ASCII where that is asked for', () => {
		const { frame } = shown(<Lines lines={['─ ✓ ok']} size={{ width: 10, height: 1 }} />, true);
		expect(frame()).toMatch(/^[\x20-\x7e]+$/);
	});
});

describe('Pane', () => {
	it('has its title and its note around what is in it', () => {
		const size = { width: 30, height: 3 };
		const { frame } = shown(
			<Pane size={size} boxed={false} title="Plan" note="1 of 2">
				<Lines lines={['first']} size={{ width: 30, height: 1 }} />
			</Pane>,
		);
		expect(stripColors(frame())).toMatch(/─ Plan ─+ 1 of 2\nfirst/);
	});
});

describe('List', () => {
	it('points at the chosen row, and follows it when it moves', () => {
		const list = new ListState();
		list.update({ first: 0, end: 9, about: (item) => ({ text: String(item) }), copy: String });
		list.setViewport(3);
		const size = { width: 12, height: 3 };
		const part = () => <List list={list} size={size} focused row={(item) => `row ${item}`} />;
		const { frame, show } = shown(part());
		expect(frame()).toContain('>row 0');
		list.move(5);
		show(part());
		expect(frame()).toContain('>row 5');
		expect(frame()).not.toContain('row 0');
	});
});

function Breakable({ isBroken }: { readonly isBroken: boolean }) {
	if (isBroken) throw new Error('no such row');
	return <Lines lines={['whole again']} size={{ width: 60, height: 3 }} />;
}

describe('DrawingBoundary', () => {
	it('says what cannot be drawn, and tries again with the next frame', () => {
		const part = (frame: number, isBroken: boolean) => (
			<DrawingBoundary frame={frame} size={{ width: 60, height: 3 }}>
				<Breakable isBroken={isBroken} />
			</DrawingBoundary>
		);
		const { frame, show } = shown(part(1, true));
		expect(frame()).toContain('This cannot be drawn: no such row');
		show(part(2, false));
		expect(frame()).toContain('whole again');
	});
});
