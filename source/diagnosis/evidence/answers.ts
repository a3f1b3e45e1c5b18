/** What makes a finding one of the past: its cause is gone, or somebody did what it asked for. */
import type { Event, EventOf, UsbDevice } from '../../events.ts';
import { needsDriver } from '../../usb/device/drivers.ts';
import { answeredFields } from './answered.ts';
import { type Answer, answeredOn, type Moment } from './rule.ts';

/** Where nothing tells which modem a finding is of, it is of any. */
const isOf = ({ path }: EventOf<'finding'>, other: string) => path === undefined || path === other;

/** The modem goes or comes anew, for what was said of one boot. */
export const modemReboots = answeredOn(['usb-went', 'usb-came'], (event, finding) =>
	isOf(finding, event.type === 'usb-went' ? event.path : event.device.path),
);

export const flashBegins = answeredOn(['flash-started'], (event, finding) =>
	isOf(finding, event.path),
);

/** Firehose answers on the port: the loader did switch. */
export const firehoseStarts: Answer = Object.assign(
	({ frames }: Moment) =>
		frames.some(({ dir, protocol }) => dir === 'in' && protocol === 'Firehose'),
	{ reads: { types: [], frames: true as const } },
);

export const loopEnds: Answer = ({ t, timeline }, { path = '' }) =>
	timeline.port(path, t)?.loop === undefined;

/** The device changes so that there is nothing to say of it any more. */
export const deviceChanges = (isMended: (device: UsbDevice) => boolean): Answer =>
	answeredOn(
		['usb-changed'],
		({ device }, finding) => isOf(finding, device.path) && isMended(device),
	);

export const driverBinds = deviceChanges((device) => !needsDriver(device));
export const nodesAppear = deviceChanges(({ interfaces }) =>
	interfaces.every(({ missing = [] }) => missing.length === 0),
);
export const suspendTurnedOff = deviceChanges(({ power }) => power !== 'auto');

/** The modem is asked again, and its answer has this field without anything wrong in it. */
export const modemDenies = (key: string): Answer =>
	answeredOn(['at-answered'], (event) => {
		const field = answeredFields(event).get(key);
		return field !== undefined && !field.wrong;
	});

/** Its power state is online: whatever asked for low power is not heeded, or asks no more. */
export const radioIsOn = answeredOn(['at-answered'], (event) =>
	/^(?:online|1)\b/i.test(answeredFields(event).get('state')?.value ?? ''),
);

/** It is asked for its preferred firmware, and that is the one that it runs. */
export const preferenceMatches = answeredOn(['at-answered'], (event) => {
	const fields = answeredFields(event);
	return fields.has('preferredFirmware') && !fields.has('mismatch');
});

/** The USB path of the port that an event is of, while it is plugged in. */
export function pathOfPort({ t, event, timeline }: Moment): string | undefined {
	const node = event && portOf(event)?.split('/').at(-1);
	if (node === undefined) return undefined;
	const lastAt = ({ spans }: { spans: readonly { device: UsbDevice }[] }) => spans.at(-1)?.device;
	return timeline
		.ports(t)
		.find((port) => lastAt(port)?.interfaces.some(({ nodes }) => nodes.includes(node)))?.path;
}

const portOf = (event: Event): string | undefined => ('port' in event ? event.port : undefined);
