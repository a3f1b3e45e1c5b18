import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lessons } from '../../release/lessons.ts';
import { openAny } from '../../source/recording/file/open-any.ts';

const simulated = readdirSync('recordings').filter(
	(name) => name.endsWith('.ndjson') && !name.startsWith('rc7620-'),
);

it('every lesson ships', () => {
	expect(simulated.toSorted()).toEqual(lessons.map(({ name }) => `${name}.ndjson`).toSorted());
});

describe.each(lessons)('$name', ({ name, marks, title }) => {
	it('is read whole, says that it is simulated, and names no folder of who made it', async () => {
		const { header, notes, events } = await openAny(`recordings/${name}.ndjson`);
		expect(notes).toEqual([]);
		expect(header.title).toBe(title);
		expect(header.origin).toContain('simulated modem');
		expect(JSON.stringify(events)).not.toMatch(/\/(?:tmp|home|root|work)\//);
	});

	it('has every mark, and ends well', async () => {
		const { events } = await openAny(`recordings/${name}.ndjson`);
		const texts = events.flatMap((event) => (event.type === 'mark' ? [event.text] : []));
		expect(texts.toSorted()).toEqual(marks.map(({ text }) => text).toSorted());
		const ends = events.filter((event) => event.type === 'flash-ended');
		expect(ends.every(({ exit }) => exit === 0)).toBe(true);
	});
});
