/**
 * A person's walk through every view and dialog. The screens are kept as text, to be read as one
 * product: same words, same keys, same places. `npx vitest run test/ui/walk -u` keeps new ones.
 */
import { describe, expect, it } from 'vitest';
import { stops } from './stops.ts';
import { arrive } from './test-console.tsx';

// The screens show local times.
process.env.TZ = 'UTC';

const sizes = [
	[80, 24],
	[140, 45],
	[60, 16],
] as const;

describe.each(sizes)('at %i x %i', (width, height) => {
	it.each(stops)('$name', async (stop) => {
		const console = await arrive(stop, [width, height]);
		const rows = console.rows();
		expect(rows).toHaveLength(height);
		expect(rows.filter((row) => row.length > width)).toEqual([]);
		await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(
			`screens/${width}x${height}/${stop.name}.txt`,
		);
	});
});
