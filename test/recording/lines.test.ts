import { expect, test } from 'vitest';
import { LineSplitter, linesNear } from '../../source/recording/file/lines.ts';

const bytes = Buffer.from('one\r\nzwölf\n\nrest');

test('cuts the same lines wherever the reads are cut', () => {
	for (let cut = 0; cut <= bytes.length; cut++) {
		const splitter = new LineSplitter();
		const parts = [bytes.subarray(0, cut), bytes.subarray(cut)];
		const lines = parts.flatMap((part) => [...splitter.push(part)]);
		expect(lines.map(({ text }) => text)).toEqual(['one', 'zwölf', '']);
		expect(splitter.rest()).toEqual({ number: 4, text: 'rest', ended: false, tooLong: false });
		expect(splitter.rest()).toBeUndefined();
	}
});

test('a line that is too long is not held, and the next one is read', () => {
	const splitter = new LineSplitter(4);
	expect([...splitter.push(Buffer.from('123'))]).toEqual([]);
	expect([...splitter.push(Buffer.from('456'))]).toEqual([]);
	expect([...splitter.push(Buffer.from('7\n1234\n'))]).toEqual([
		{ number: 1, text: '', ended: true, tooLong: true },
		{ number: 2, text: '1234', ended: true, tooLong: false },
	]);
});

test('every line with a word is found, wherever the reads are cut', () => {
	const text = Buffer.from('a\nfound one\nb\nc\nd\ne\nfound two\nf\ng\nh\nfound three');
	for (let from = 0; from <= text.length; from++) {
		for (let to = from; to <= text.length; to++) {
			const chunks = [text.subarray(0, from), text.subarray(from, to), text.subarray(to)];
			const found = [...linesNear(chunks, 'found')].filter((line) => line.text.includes('found'));
			expect(found.map((line) => line.text)).toEqual(['found one', 'found two', 'found three']);
		}
	}
});
