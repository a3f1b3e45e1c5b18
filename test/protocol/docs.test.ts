import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('docs/protocols.md shows a message and its test as they are', () => {
	const [table, tried] = [...read('docs/protocols.md').matchAll(/```ts\n([\s\S]*?)```/g)];
	expect(read('source/protocol/qdl/qdl.ts')).toContain(table![1]);
	expect(read('test/protocol/qdl.test.ts')).toContain(tried![1]);
});
