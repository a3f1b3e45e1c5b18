/** Search and filter, the same in every list. */

import { LinePrompt } from '../components/dialogs/LinePrompt.tsx';
import type { ViewContext } from './view-context.ts';

export function askSearch(context: ViewContext): void {
	const { list } = context.view;
	if (!list) return;
	const before = list.query;
	const options = {
		lead: '/',
		text: '',
		says: () => 'Enter goes to the next hit, n N go on; empty ends it.',
		typed: (text: string) => {
			list.query = text;
		},
		done: (text: string) => {
			list.query = text;
			if (text !== '') findNext(context, 1);
		},
		left: () => {
			list.query = before;
		},
	};
	context.openOverlay((close) => new LinePrompt(options, close));
}

export function findNext(context: ViewContext, by: 1 | -1): void {
	const { list } = context.view;
	if (!list) return;
	if (list.query === '') askSearch(context);
	else if (!list.find(by)) context.toasts.show(`"${list.query}" is nowhere in this list.`);
}

export function askFilter(context: ViewContext): void {
	const { list } = context.view;
	if (!list) return;
	const before = list.filter;
	const known = list.fields.map((field) => `${field}:`).join(' ');
	const options = {
		lead: 'Filter:',
		text: before,
		says: () => `${list.count} ${list.count === 1 ? 'passes' : 'pass'}. ${known} !not "two words"`,
		typed: (text: string) => {
			list.filter = text;
		},
		done: (text: string) => {
			list.filter = text;
		},
		left: () => {
			list.filter = before;
		},
	};
	context.openOverlay((close) => new LinePrompt(options, close));
}
