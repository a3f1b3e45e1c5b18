import { expect, test } from 'vitest';
import { phrase } from '../../source/diagnosis/evidence/phrase.ts';

test('a phrase is found in the same lines, however often and in whatever order they are asked of', () => {
	const patterns = [/error \d+/i, /^usb/, /down$/];
	const tests = patterns.map(phrase);
	const words = ['usb', ' error 71', ' Error', ' down', ' up'];
	for (let seed = 0; seed < 3000; seed++) {
		const text = words.filter((_, at) => (seed >> at) & 1).join('') + (seed % 7 ? '' : seed);
		for (const [index, has] of tests.entries()) {
			expect(has(text), text).toBe(patterns[index]!.test(text));
		}
	}
	const long = `${'x'.repeat(5000)} error 71`;
	expect(tests.map((has) => has(long))).toEqual([true, false, false]);
});
