import { expect } from 'vitest';
import { aboutRules } from '../../source/diagnosis/about-rules.ts';
import type { Event, EventOf, Fact, UsbInterface } from '../../source/events.ts';
import { ReadModels } from '../../source/session/read-models.ts';

/** Events with a time, and times at which nothing happens. */
export type Script = readonly (readonly [t: number, fact?: Fact])[];

/** What is found, in order. */
export function diagnose(script: Script): EventOf<'finding'>[] {
	const models = new ReadModels();
	return script.flatMap(([t, fact]) => {
		const event = fact && ({ t, source: 'port', ...fact } as Event);
		const { findings } = event ? models.add(event) : models.pass(t);
		// docs/rules.md says how sure a rule is.
		for (const { rule, certainty } of findings) {
			expect(aboutRules[rule]?.certainty).toContain(certainty);
		}
		return findings;
	});
}

/** What is found in the events of a recording, in order. */
export function findingsOf(events: readonly Event[]): EventOf<'finding'>[] {
	const models = new ReadModels();
	return events.flatMap((event) => models.add(event).findings);
}

export const rulesOf = (script: Script) => diagnose(script).map(({ rule }) => rule);

const port = '/dev/ttyUSB0';
export const opened = (at = port): Fact => ({ type: 'port-opened', port: at });
export const closed = (at = port): Fact => ({ type: 'port-closed', port: at });
export const lost = (at = port): Fact => ({ type: 'port-lost', port: at, why: 'unplugged' });
export const bytes = (dir: 'in' | 'out', hex: string, at = port): Fact => ({
	type: 'bytes',
	port: at,
	dir,
	hex: hex.replaceAll(' ', ''),
});
export const text = (dir: 'in' | 'out', line: string) =>
	bytes(dir, Buffer.from(line).toString('hex'));
export const note = (words: string): Fact => ({ type: 'note', text: words });

export const sdp = bytes('out', '7e70000014467e');
export const hello = (mode: number) =>
	bytes('in', `01000000 30000000 02000000 01000000 00040000 0${mode}000000 ${'00'.repeat(24)}`);
export const helloResponse = bytes(
	'out',
	`02000000 30000000 02000000 02000000 00000000 03000000 ${'00'.repeat(24)}`,
);

const interfaces = (count: number, driver: string | undefined): UsbInterface[] =>
	Array.from({ length: count }, (_, number) => ({
		number,
		class: 'ff/ff/ff',
		endpoints: 2,
		nodes: [`ttyUSB${number}`],
		...(driver ? { driver } : {}),
	}));
type Device = {
	vid?: string;
	pid?: string;
	count?: number;
	driver?: string | undefined;
	power?: 'on' | 'auto';
	/** Nodes that /dev does not have. */
	missing?: string[];
};
const device = ({ vid = '1199', pid = '68c0', count = 4, power, missing, ...more }: Device) => ({
	path: '3-1',
	vid,
	pid,
	...(power ? { power } : {}),
	interfaces: interfaces(count, 'driver' in more ? more.driver : 'qcserial').map((iface, index) =>
		index === 0 && missing ? { ...iface, missing } : iface,
	),
});
export const came = (what: Device = {}): Fact => ({ type: 'usb-came', device: device(what) });
export const changed = (what: Device = {}): Fact => ({ type: 'usb-changed', device: device(what) });
export const went: Fact = { type: 'usb-went', path: '3-1', vid: '1199', pid: '68c0' };
export const sent = (command: string): Fact => ({
	type: 'at-sent',
	port: '/dev/ttyUSB2',
	command,
});
export const answered = (command: string, result = 'OK'): Fact => ({
	type: 'at-answered',
	port: '/dev/ttyUSB2',
	command,
	lines: [],
	result,
	seconds: 0.1,
});
export const flashStarted: Fact = {
	type: 'flash-started',
	file: 'a.spk',
	size: 1,
	path: '3-1',
	model: 'RC7620',
	to: '2',
};
export const flashEnded = (exit: number): Fact => ({
	type: 'flash-ended',
	exit,
	message: 'The port went away.',
	modem: 'The modem is in its loader.',
	next: 'power-cycle it.',
});

/** The rules whose findings still hold at the end, in the order in which they stand in the way. */
export function currentRulesOf(script: Script): string[] {
	const models = new ReadModels();
	for (const [t, fact] of script) {
		if (fact) models.add({ t, source: 'port', ...fact } as Event);
		else models.pass(t);
	}
	return models.currentFindings.map(({ rule }) => rule);
}
