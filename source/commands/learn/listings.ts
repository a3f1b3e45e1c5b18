import { lessons } from '../../learn/lessons/index.ts';
import type { Listing } from '../common/command.ts';

/** The lessons, for the help. */
export const lessonListings = (): Listing[] => [
	{
		title: 'Lessons',
		rows: lessons.map(({ title }, index) => [String(index + 1), title] as const),
	},
];
