import { expect, it } from 'vitest';
import { plainConsole } from '../../source/commands/plain-console.ts';
import type { Event } from '../../source/events.ts';
import { FakeSession, flashStarted } from '../ui/fake-session.ts';

const finding: Event = {
	t: 95,
	source: 'diagnosis',
	type: 'finding',
	rule: 'refused-firehose',
	title: 'The loader refuses to switch to Firehose',
	means: 'It was sent something first.',
	next: ['power-cycle the modem'],
	certainty: 'proven',
	reference: '',
};

async function printed(session: FakeSession): Promise<string> {
	const lines: string[] = [];
	const out = (line: string) => void lines.push(line);
	const ended = plainConsole(
		session,
		{ json: false, seconds: 0.05 },
		{ out, say: out, painted: out, write: async () => {}, columns: 80 },
	);
	session.add(finding);
	await ended;
	return lines.join('\n');
}

it('says what is found, and advises nothing while a flash runs', async () => {
	const before = await printed(new FakeSession());
	expect(before).toContain('The loader refuses to switch to Firehose');
	expect(before).toContain('Next: power-cycle the modem');
	const meanwhile = await printed(new FakeSession().add(...flashStarted));
	expect(meanwhile).toContain('The loader refuses to switch to Firehose');
	expect(meanwhile).not.toContain('power-cycle');
});
