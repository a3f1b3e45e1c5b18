/** What notes say. A log says the same again and again: what was looked for in a line is looked for once. */
import { hold } from '../../recording/log/hold.ts';

const patterns: RegExp[] = [];
/** Notes whose phrases are known, and how long they may be. */
const notesHeld = 256;
const longestHeld = 1024;
const known = new Map<string, ReadonlySet<RegExp>>();
/** Every rule looks at the same note. */
let last: { readonly text: string; readonly has: ReadonlySet<RegExp> } = {
	text: '',
	has: new Set(),
};

/** A test whether a note has this phrase; to be made once, and not for each rule that begins. */
export function phrase(pattern: RegExp): (text: string) => boolean {
	patterns.push(pattern);
	return (text) => (text.length > longestHeld ? pattern.test(text) : phrasesIn(text).has(pattern));
}

function phrasesIn(text: string): ReadonlySet<RegExp> {
	if (last.text !== text) {
		const look = () => new Set(patterns.filter((pattern) => pattern.test(text)));
		last = { text, has: hold(known, notesHeld, text, look) };
	}
	return last.has;
}
