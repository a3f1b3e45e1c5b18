/** The header: the views as tabs, and how things stand with the modem. */
import { Box, type DOMElement } from 'ink';
import { useRef } from 'react';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { situationOf } from '../../session/situation/situation.ts';
import { remarkCounts, spokenCounts } from '../actions/remarks.ts';
import { useViewContext } from '../actions/use-view-context.ts';
import type { ViewContext } from '../actions/view-context.ts';
import { useMouse, useRedrawIn } from '../components/console-hooks.ts';
import { Lines } from '../components/Lines.tsx';
import { wide } from '../components/pane-frame.ts';
import { counter } from '../text/format.ts';
import { fitLeft, spaceBetween, widthOf } from '../text/lines.ts';
import { viewNames } from '../text/view-names.ts';
import { modemName } from './modem-name.ts';
import { tabAt, tabs } from './tabs.ts';

type HeaderProps = { readonly lines: readonly string[]; readonly width: number };

export function Header({ lines, width }: HeaderProps) {
	const context = useViewContext();
	const { player, recorder } = context.session;
	const ticks = player?.playing || recorder?.path !== undefined;
	useRedrawIn(ticks ? 1000 : undefined);
	const box = useRef<DOMElement>(null);
	useMouse(box, (does, row, column) => {
		const tab = does === 'click' && row === 0 ? tabAt(column) : undefined;
		if (tab) context.show(tab);
	});
	const size = { width, height: lines.length };
	return (
		<Box ref={box} {...size} flexShrink={0}>
			<Lines lines={lines} size={size} />
		</Box>
	);
}

/** One line where there is room, else two. */
export function headerLines(context: ViewContext, width: number, isSpoken: boolean): string[] {
	const { appearance, session, viewName } = context;
	const { paint } = appearance;
	const shown = viewNames.map((view, index) =>
		view === viewName ? paint.strong(`[${tabs[index]}]`) : ` ${tabs[index]} `,
	);
	const { words, grade } = situationOf(session);
	const grades = { good: paint.good, warn: paint.warn, bad: paint.alarm, calm: paint.dim };
	const name = modemName(session);
	const who = `${name}${name === '' ? '' : ' '}${grades[grade](words)} `;
	const { long, short } = noticeWords(context, isSpoken);
	const counts = countWords(context, isSpoken);
	const left = ` ${shown.join(' ')}`;
	const room = width - widthOf(left) - 2;
	const all = joined([counts, ...long, who]);
	if (width >= wide && widthOf(all) <= room) return [spaceBetween(left, all, width)];
	// The state of the modem is what a person looks for: the rest is shortened before it.
	const isRoom = (right: string) => widthOf(who) + widthOf(right) + 3 <= width;
	const rights = [[counts, ...long], long, short, short.slice(0, 1)].map(joined);
	const right = rights.find(isRoom) ?? '';
	return [fitLeft(left, width), spaceBetween(` ${who}`, `${right} `, width)];
}

const joined = (parts: readonly string[]) => parts.filter((part) => part !== '').join('   ');

/** How much stands out, as the worst of it is coloured. */
function countWords({ appearance, session }: ViewContext, isSpoken: boolean): string {
	const { remarks } = session;
	const says = isSpoken ? spokenCounts(remarks) : remarkCounts(remarks);
	if (says === '') return '';
	const { paint } = appearance;
	const { error, warning } = remarks.counts;
	const color = error > 0 ? paint.bad : warning > 0 ? paint.warn : paint.dim;
	return color(says);
}

type Notices = { readonly long: readonly string[]; readonly short: readonly string[] };

/** What kind of session it is, and what runs in it; and the same in fewer words. */
function noticeWords(context: ViewContext, isSpoken: boolean): Notices {
	const { appearance, session } = context;
	const { label, header, player, recorder, modem } = session;
	const { warn, bad, alarm } = appearance.paint;
	const long: string[] = [];
	const short: string[] = [];
	const say = (paint: (text: string) => string, words: string, fewer: string) => {
		long.push(paint(words));
		short.push(paint(fewer));
	};
	if (player) {
		const { awaited } = player;
		const goal = awaited === undefined ? '' : counter(awaited);
		const way = player.playing
			? `${appearance.symbols.running} ${appearance.symbols.times}${player.speed}`
			: player.t < player.end
				? 'paused'
				: 'at its end';
		const at = `${counter(player.t)}/${counter(player.end)}`;
		if (goal === '') say(warn, `${label} ${way} ${at}`, `${label} ${counter(player.t)}`);
		else say(warn, `${label} reading on to ${goal} ${at}`, `reading to ${goal}`);
	} else if (label !== undefined) {
		const speed = header.speed === 1 ? '' : ` ${appearance.symbols.times}${header.speed}`;
		say(warn, `${label}${speed}`, `${label}`);
	}
	const armed = modem?.at.armed;
	if (armed) say(warn, `armed ${sanitize(armed)}`, 'armed');
	if (recorder?.path !== undefined) {
		if (isSpoken) say(String, 'recording', 'recording');
		else say(bad, `REC ${counter(session.now())}`, 'REC');
	} else if (recorder?.problem !== undefined) say(alarm, 'NOT RECORDED', 'NOT RECORDED');
	return { long, short };
}
