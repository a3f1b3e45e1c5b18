/**
 * A recording as steps that can be held against those of another one: what was said and by whom,
 * without the times and without what differs from modem to modem.
 */
import type { Event } from '../../events.ts';
import type { DecodedField } from '../../protocol/fields.ts';
import { Traffic, type TrafficFrame } from '../log/traffic.ts';

export type Step = {
	/** Seconds since the start of its recording. */
	readonly t: number;
	/** What the step is, whatever its values: two steps are of one kind when these are equal. */
	readonly kind: string;
	/** What it says, name by name; one that differs makes the step another. */
	readonly values: Readonly<Record<string, string>>;
	/** The step in a line for a person. */
	readonly text: string;
	/** The frame that it is, counted from 1 over its recording. */
	readonly frame?: number;
};

/** What differs between two modems, or two runs of one, and tells nothing. */
const ofOneModem = /serial|imei|crc|checksum|time/i;
/** What a modem says by itself, at any time. */
const narration = new Set(['NMEA', 'DIAG']);

/** The steps of a recording, in order. */
export function stepsOf(events: Iterable<Event>): Step[] {
	const traffic = new Traffic(1);
	const steps: Step[] = [];
	for (const event of events) {
		for (const frame of traffic.add(event)) addFrame(steps, frame);
		addEvent(steps, event);
	}
	for (const frame of traffic.flush()) addFrame(steps, frame);
	return steps;
}

function addFrame(steps: Step[], frame: TrafficFrame): void {
	const { t, dir, protocol, name, fields, payload, number } = frame;
	// AT exchanges are steps by their events, which know what was asked.
	if (narration.has(protocol) || protocol === 'AT') return;
	const arrow = dir === 'out' ? '->' : '<-';
	// A loader says the same in lines of its own choice; its answers count.
	if (protocol === 'Firehose' && name === 'log') return;
	if (payload) {
		const values = { offset: String(payload.offset), length: String(payload.length) };
		const text = `${arrow} data, ${payload.length} bytes from ${payload.offset}`;
		steps.push({ t, kind: `${dir} data`, values, text, frame: number });
		return;
	}
	const values = Object.fromEntries(fields.filter(isComparable).map(shownValue));
	// Behind its first word a name tells values.
	const kind = `${dir} ${protocol} ${name.split(' ', 1)[0]}`;
	steps.push({ t, kind, values, text: `${arrow} ${protocol} ${name}`, frame: number });
}

const isComparable = ({ name }: DecodedField) => !ofOneModem.test(name);
const shownValue = ({ name, shown }: DecodedField) => [name, shown] as const;

function addEvent(steps: Step[], event: Event): void {
	const add = (kind: string, values: Step['values'], text: string) =>
		steps.push({ t: event.t, kind, values, text });
	switch (event.type) {
		case 'usb-came': {
			const { vid, pid, interfaces } = event.device;
			const id = `${vid}:${pid}`;
			const text = `+ ${id}, ${interfaces.length} interface${interfaces.length === 1 ? '' : 's'}`;
			addLife(steps, { t: event.t, kind: text, values: {}, text });
			break;
		}
		case 'at-answered':
			add(`AT ${event.command}`, { result: event.result }, `AT ${event.command}: ${event.result}`);
			break;
		case 'flash-phase': {
			const text = `phase ${event.phase} ${event.state}`;
			add(text, {}, text);
			break;
		}
		case 'flash-ended':
			add(
				'the flash ends',
				{ 'exit code': String(event.exit) },
				`the flash ends: ${event.message}`,
			);
			break;
	}
}

/** A loop is one step, however often it went round before somebody came to help. */
function addLife(steps: Step[], life: Step): void {
	if (steps.at(-1)?.kind !== life.kind) steps.push(life);
}
