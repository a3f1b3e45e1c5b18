import type { Event, EventOf, UsbDevice, UsbInterface } from '../../../events.ts';
import type { Recording } from '../../log/record.ts';
import { unknownStart } from '../importer.ts';
import { packetsIn } from './packets.ts';
import { isUsb, type Transfer, transferOf } from './usb-transfer.ts';

type Seen = {
	device: UsbDevice;
	/** The interface of each endpoint, where a descriptor was captured. */
	interfaces: Map<number, number>;
	bytes: EventOf<'bytes'>[];
};

const deviceDescriptor = 1;
const configurationDescriptor = 2;
const interfaceDescriptor = 4;
const endpointDescriptor = 5;
/** Interfaces whose bulk data may be a modem's: the vendor's own, and CDC. */
const modemClass = /^(?:ff|02|0a)\//;

/** What crossed USB, as Wireshark, tcpdump or USBPcap captured it; or why there is none. */
export function readCapture(bytes: Buffer, title: string): Recording | { why: string } {
	const events: Event[] = [];
	const seen = new Map<string, Seen>();
	const strange = new Set<number>();
	let started: number | undefined;
	let t = 0;
	for (const packet of packetsIn(bytes)) {
		if (!isUsb(packet.linkType)) strange.add(packet.linkType);
		if (packet.seconds !== undefined) {
			started ??= packet.seconds;
			t = Math.max(t, packet.seconds - started);
		}
		const transfer = transferOf(packet);
		if (!transfer) continue;
		const key = `${transfer.bus}/${transfer.device}`;
		const known = seen.get(key) ?? begin(transfer);
		seen.set(key, known);
		if (transfer.kind === 'control') describe(known, transfer, t, events);
		else if (transfer.kind === 'bulk') carry(known, transfer, t, events);
	}
	if (events.length === 0) {
		const types = [...strange].join(', ');
		return {
			why:
				types === '' ? 'no USB transfer is in it' : `its packets are no USB (link type ${types})`,
		};
	}
	for (const each of seen.values()) nameTheOnlyPort(each);
	const dated = started !== undefined && Number.isFinite(started);
	return {
		header: {
			modemscope: 1,
			started: dated ? new Date(started! * 1000).toISOString() : unknownStart,
			title,
			origin: 'imported from a capture of USB',
			speed: 1,
		},
		events,
		notes: [],
	};
}

const begin = ({ bus, device }: Transfer): Seen => ({
	device: {
		path: `${bus}-? (device ${device})`,
		vid: '????',
		pid: '????',
		number: device,
		driversTold: false,
		interfaces: [],
	},
	interfaces: new Map(),
	bytes: [],
});

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

/** A device that is asked for its descriptors has come. */
function describe(
	{ device, interfaces }: Seen,
	{ dir, data }: Transfer,
	t: number,
	events: Event[],
) {
	if (dir !== 'in') return;
	if (data[0] === 18 && data[1] === deviceDescriptor && data.length >= 18) {
		const isNew = device.vid === '????';
		device.vid = hex(data.readUInt16LE(8), 4);
		device.pid = hex(data.readUInt16LE(10), 4);
		if (isNew) events.push({ t, source: 'usb', type: 'usb-came', device });
	}
	if (data[0] !== 9 || data[1] !== configurationDescriptor) return;
	const found: UsbInterface[] = [];
	for (let at = 9; at + 2 <= data.length && data[at]! >= 2; at += data[at]!) {
		const part = data.subarray(at, at + data[at]!);
		if (part[1] === interfaceDescriptor && part.length >= 9) {
			const kind = [part[5]!, part[6]!, part[7]!].map((code) => hex(code, 2)).join('/');
			const known = found.some(({ number }) => number === part[2]);
			if (!known) found.push({ number: part[2]!, class: kind, endpoints: part[4]!, nodes: [] });
		}
		const last = found.at(-1);
		if (part[1] === endpointDescriptor && part.length >= 7 && last) {
			interfaces.set(part[2]!, last.number);
		}
	}
	if (found.length > 0) device.interfaces = found;
}

function carry(seen: Seen, { dir, endpoint, data }: Transfer, t: number, events: Event[]): void {
	const { device, interfaces, bytes } = seen;
	const number = interfaces.get(endpoint);
	const iface = device.interfaces.find((each) => each.number === number);
	if (iface && !modemClass.test(iface.class)) return;
	const where = number === undefined ? `endpoint ${endpoint & 0x7f}` : `interface ${number}`;
	const port = `USB ${device.path}, ${where}`;
	const fact = { type: 'bytes' as const, port, dir, hex: data.toString('hex') };
	const event: EventOf<'bytes'> = { t, source: 'port', ...fact };
	bytes.push(event);
	events.push(event);
}

/** A loader has one endpoint each way: they are one port, whatever their numbers. */
function nameTheOnlyPort({ device, bytes }: Seen): void {
	const pipes = new Set(bytes.map(({ dir, port }) => `${dir} ${port}`));
	const ways = new Set([...pipes].map((pipe) => pipe.split(' ', 1)[0]));
	if (pipes.size !== ways.size) return;
	for (const event of bytes) event.port = `USB ${device.path}`;
}
