import { expect, test } from 'vitest';
import { Newest } from '../../source/recording/log/newest.ts';

test('each list has the newest items as they were when it was made', () => {
	const lists = [new Newest<number>(5)];
	for (let item = 0; item < 100; item++) lists.push(lists.at(-1)!.with(item));
	for (const [length, list] of lists.entries()) {
		const all = Array.from({ length }, (_, item) => item);
		expect(list.items).toEqual(all.slice(-5));
		expect(list.items).toBe(list.items);
		const swapped = list.swap(length - 2, -1).items;
		expect(swapped).toEqual(all.map((item) => (item === length - 2 ? -1 : item)).slice(-5));
		expect(list.items).toEqual(all.slice(-5));
	}
});
