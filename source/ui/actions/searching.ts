/** Search and filter, the same in every list. */
import type { Desk } from '../app/console-state.ts';
import { LinePrompt } from '../components/dialogs/line-prompt.ts';

export function askSearch(desk: Desk): void {
	const { cursor } = desk.view;
	if (!cursor) return;
	const before = cursor.query;
	const options = {
		lead: '/',
		text: '',
		says: () => 'Marked as you type. Enter goes there, n N go on; empty ends the search.',
		typed: (text: string) => {
			cursor.query = text;
		},
		done: (text: string) => {
			cursor.query = text;
			if (text !== '') findNext(desk, 1);
		},
		left: () => {
			cursor.query = before;
		},
	};
	desk.ask((close) => new LinePrompt(options, close));
}

export function findNext(desk: Desk, by: 1 | -1): void {
	const { cursor } = desk.view;
	if (!cursor) return;
	if (cursor.query === '') askSearch(desk);
	else if (!cursor.find(by)) desk.toasts.say(`"${cursor.query}" is nowhere in this list.`);
}

export function askFilter(desk: Desk): void {
	const { cursor } = desk.view;
	if (!cursor) return;
	const before = cursor.filter;
	const known = cursor.fields.map((field) => `${field}:`).join(' ');
	const options = {
		lead: 'Filter:',
		text: before,
		says: () => `${cursor.count} pass.  words  ${known}  !not  "two words"`,
		typed: (text: string) => {
			cursor.filter = text;
		},
		done: (text: string) => {
			cursor.filter = text;
		},
		left: () => {
			cursor.filter = before;
		},
	};
	desk.ask((close) => new LinePrompt(options, close));
}
