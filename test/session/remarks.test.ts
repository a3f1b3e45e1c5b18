import { expect, test } from 'vitest';
import type { Event } from '../../source/events.ts';
import { ReadModels } from '../../source/session/read-models.ts';
import { type Subject, subjectOf, whyOf } from '../../source/session/remarks/why.ts';
import { bootLoop, flashStarted, hello } from '../ui/fake-session.ts';

const port = '/dev/ttyUSB0';
const modelsOf = (...events: Event[]) => {
	const models = new ReadModels();
	for (const event of events) models.add(event);
	return models;
};
const seen = (...events: Event[]) =>
	modelsOf(...events).remarks.all.map(
		({ severity, group, says }) => `${severity} ${group} ${says}`,
	);
const answered = (result: string): Event => ({
	t: 1,
	source: 'at',
	type: 'at-answered',
	port,
	command: 'ATI',
	lines: [],
	result,
	seconds: 0.1,
});
const failed: Event[] = [
	{ t: 91, source: 'port', type: 'port-lost', port, why: 'it was unplugged' },
	{
		t: 92,
		source: 'flash',
		type: 'flash-phase',
		phase: 'write',
		state: 'failed',
		detail: 'no ACK',
	},
	{ t: 93, source: 'flash', type: 'flash-ended', exit: 7, message: 'Broken off.', modem: 'Gone.' },
];

test('an answer is graded by whether there was one', () => {
	expect(seen(answered('OK'))).toEqual([]);
	expect(seen(answered('ERROR'))).toEqual(['note Device ATI: ERROR']);
	expect(seen(answered('+CME ERROR: 3'))).toEqual(['note Device ATI: +CME ERROR: 3']);
	expect(seen(answered('no answer'))).toEqual(['warning Link ATI: no answer']);
});

test('what is typed into a raw port byte by byte is no error of the protocol', () => {
	const typed = (t: number, hex: string): Event => ({
		t,
		source: 'port',
		type: 'bytes',
		port,
		dir: 'out',
		hex,
	});
	expect(seen(typed(1, '41'), typed(3, '54'), typed(5, '0d'), typed(9, '41'))).toEqual([]);
	const [cut] = seen(typed(1, '4154'), typed(9, '41'));
	expect(cut).toMatch(/^warning Protocol .*it has no line end/);
});

test('a flash that fails is an error for its phase and for its end, and its finding is one', () => {
	const models = modelsOf(...flashStarted, ...failed);
	const { all, counts } = models.remarks;
	expect(all.map(({ severity, group, says }) => `${severity} ${group} ${says}`)).toEqual([
		`warning Link ${port} went away: it was unplugged`,
		'error Sequence write failed: no ACK',
		'error Sequence Broken off.',
		expect.stringMatching(/^warning Sequence The flash ended during the write/),
	]);
	expect(counts).toEqual({ error: 2, warning: 2, note: 0 });
});

test('an error of the kernel is an error of the link', () => {
	const note = (text: string): Event => ({ t: 1, source: 'log', type: 'note', text });
	expect(seen(note('usb 3-1: device descriptor read/64, error -71'))).toContain(
		'error Link usb 3-1: device descriptor read/64, error -71',
	);
	expect(seen(note('usb 3-1: new high-speed USB device number 4'))).toEqual([]);
});

test('a finding rests on the moments that its rule saw, and a recording keeps them', () => {
	const models = modelsOf(...bootLoop(3));
	const finding = models.findings.find(({ rule }) => rule === 'boot-loop')!;
	expect(finding.evidence).toEqual([
		{ t: 12.4, says: 'reset 2.4 s after it came' },
		{ t: 26.6, says: 'reset 2.4 s after it came' },
	]);
	const logged = models.log.events().find(({ type }) => type === 'finding');
	expect(logged).toMatchObject({ evidence: finding.evidence });
});

test('a missed HELLO is explained down to the opening of the port, each frame by its number', () => {
	const models = modelsOf(...hello);
	const finding = models.findings.find(({ rule }) => rule === 'missed-hello')!;
	const causes = whyOf(models, subjectOf(finding));
	expect(causes.map(({ why, place }) => [why, place.frame])).toEqual([
		['itself', undefined],
		['evidence', 2],
		['evidence', 1],
		['evidence', undefined],
	]);
	expect(causes.at(-1)!.says).toBe(`${port} was opened`);
});

test('what stands out in the minute before is named as before, and not as the cause', () => {
	const models = modelsOf(
		{ t: 20, source: 'log', type: 'note', text: 'usb 3-1: device descriptor read/8, error -110' },
		...flashStarted,
		{ t: 90.5, source: 'log', type: 'note', text: 'usb 3-1: device descriptor read/8, error -71' },
		...failed,
	);
	const end = models.remarks.all.find(({ says }) => says === 'Broken off.')!;
	const says = whyOf(models, end satisfies Subject).map((cause) => `${cause.why}: ${cause.says}`);
	expect(says).toEqual([
		'itself: Broken off.',
		'before: write failed: no ACK',
		`before: ${port} went away: it was unplugged`,
		'before: usb 3-1: device descriptor read/8, error -71',
		expect.stringMatching(/^before: frame 1, to the modem: data/),
	]);
});
