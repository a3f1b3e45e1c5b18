import { ModemFacts } from '../../source/at/answers/modem-facts.ts';
import { AtTranscript } from '../../source/at/transcript.ts';
import { Findings } from '../../source/diagnosis/findings.ts';
import type { Event, EventOf, Header, UsbDevice } from '../../source/events.ts';
import { encodeHeader } from '../../source/firmware/cwe/header.ts';
import { readHeader } from '../../source/firmware/cwe/image-tree.ts';
import type { FirmwarePackage } from '../../source/firmware/package/quectel.ts';
import type { InterruptedFlash } from '../../source/flash/job/recovery.ts';
import type { Plan } from '../../source/flash/model/plan.ts';
import { FlashProgress } from '../../source/flash/model/progress.ts';
import { revisionOf } from '../../source/flash/run/verify.ts';
import { EventLog } from '../../source/recording/log/event-log.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import { LaneRecords } from '../../source/session/lane-records.ts';
import { Remarks } from '../../source/session/remarks/remarks.ts';
import type {
	ListedFile,
	ModemControl,
	OpenFirmware,
	Player,
	Session,
	SessionRecorder,
} from '../../source/session/session.ts';
import { Timeline } from '../../source/usb/timeline/timeline.ts';
import { fakeAt, fakeFlasher, fakePlayer, fakeRaw, fakeRecorder } from './fake-control.ts';

/** A session on the real models that writes down what it was asked to do. */
export class FakeSession implements Session {
	label: string | undefined;
	header: Header = {
		modemscope: 1,
		started: '2026-03-04T17:54:00.000Z',
		title: 'A modem on the bench',
		origin: 'a test',
		speed: 1,
	};
	time = 100;
	readonly asked: string[] = [];
	readonly log = new EventLog();
	readonly timeline = new Timeline();
	readonly traffic = new Traffic();
	readonly transcript = new AtTranscript();
	readonly facts = new ModemFacts();
	readonly flash = new FlashProgress();
	readonly remarks = new Remarks();
	readonly lanes = new LaneRecords();
	readonly devices = new Map<string, UsbDevice>();
	images: EventOf<'images'> | undefined;
	revision: string | undefined;
	hasUsb = true;
	path: string | undefined = '3-1';
	model: string | undefined = 'RC7620';
	files: ListedFile[] = [];
	readonly #found = new Findings();
	readonly #listeners = new Set<() => void>();

	readonly firmware = {
		opened: undefined as OpenFirmware | undefined,
		openedPackage: undefined as FirmwarePackage | undefined,
		list: async () => this.files,
		open: async (path: string) => this.#ask(`open ${path}`),
	};
	readonly at = fakeAt(this.asked, this.transcript);
	readonly flasher = fakeFlasher(this.asked);
	readonly recording = fakeRecorder(this.asked);
	readonly raw = fakeRaw(this.asked);
	modem: ModemControl | undefined = { at: this.at, flasher: this.flasher, raw: this.raw };
	recorder: SessionRecorder | undefined = this.recording;
	player: Player | undefined;

	get findings(): readonly EventOf<'finding'>[] {
		return this.#found.all;
	}
	get currentFindings(): readonly EventOf<'finding'>[] {
		return this.#found.current;
	}
	now = () => this.time;
	subscribe(changed: () => void): () => void {
		this.#listeners.add(changed);
		return () => this.#listeners.delete(changed);
	}
	choosePath = (path: string) => this.#ask(`choose ${path}`);
	recordings = async () => this.files;
	mark = async (text: string) => {
		this.#ask(`mark ${text}`);
		return 'Marked in the recording.';
	};
	end = async () => this.#ask('end');

	/** Becomes a replay: nothing can be sent or recorded, and time can be moved in. */
	play(at: Pick<Player, 't' | 'end'> & Partial<Player>): this {
		this.label = 'replay';
		this.modem = undefined;
		this.recorder = undefined;
		this.player = { ...fakePlayer(this.asked), ...at };
		return this;
	}

	add(...events: Event[]): this {
		for (const event of events) {
			this.log.append(event);
			this.timeline.add(event);
			const frames = this.traffic.add(event);
			this.transcript.add(event);
			this.facts.add(event);
			this.flash.add(event);
			this.remarks.add(event, frames);
			this.lanes.add(event);
			this.lanes.addFrames(frames);
			this.#found.answer({ t: event.t, event, frames, timeline: this.timeline });
			if (event.type === 'finding') {
				this.#found.add(event);
				this.remarks.addFinding(event);
			}
			if (event.type === 'images') this.images = event;
			if (event.type === 'at-answered') this.revision = revisionOf(event.lines) ?? this.revision;
		}
		for (const listener of this.#listeners) listener();
		return this;
	}

	#ask(what: string): void {
		this.asked.push(what);
	}
}

export const application: UsbDevice = {
	path: '3-1',
	vid: '1199',
	pid: '68c0',
	product: 'Sierra Wireless RC7620',
	interfaces: [0, 2, 3, 8].map((number) => ({
		number,
		class: 'ff/ff/ff',
		endpoints: 3,
		driver: number === 8 ? 'qmi_wwan' : 'qcserial',
		nodes: [number === 8 ? 'cdc-wdm0' : `ttyUSB${number === 0 ? 0 : number - 1}`],
	})),
};
/** The download port of a loader has no interrupt endpoint. */
export const loader: UsbDevice = {
	...application,
	interfaces: application.interfaces.slice(0, 1).map((one) => ({ ...one, endpoints: 2 })),
};

/** A modem that starts every 14 s and dies after 2.4 s. */
export const bootLoop = (cycles: number): Event[] =>
	Array.from({ length: cycles }, (_, cycle): Event[] => [
		{ t: 10 + cycle * 14.2, source: 'usb', type: 'usb-came', device: application },
		{
			t: 12.4 + cycle * 14.2,
			source: 'usb',
			type: 'usb-went',
			path: '3-1',
			vid: '1199',
			pid: '68c0',
		},
	]).flat();

/** The HELLO of the RC7620 case, after a probe that its loader did not understand. */
export const hello: Event[] = [
	{ t: 60, source: 'port', type: 'port-opened', port: '/dev/ttyUSB0' },
	{
		t: 60.1,
		source: 'port',
		type: 'bytes',
		port: '/dev/ttyUSB0',
		dir: 'out',
		hex: '7e70000014467e',
	},
	{
		t: 60.2,
		source: 'port',
		type: 'bytes',
		port: '/dev/ttyUSB0',
		dir: 'in',
		hex: `010000003000000002000000010000000004000002000000${'00'.repeat(24)}`,
	},
];

export const flashStarted: Event[] = [
	{
		t: 70,
		source: 'flash',
		type: 'flash-started',
		file: 'RC76xx_7620.spk',
		size: 34_879_232,
		path: '3-1',
		model: 'RC7620',
		to: '00.08.24.02',
	},
	...(['connect', 'sahara', 'configure'] as const).map(
		(phase): Event => ({ t: 71, source: 'flash', type: 'flash-phase', phase, state: 'done' }),
	),
	{ t: 72, source: 'flash', type: 'flash-phase', phase: 'write', state: 'running' },
	{ t: 90, source: 'flash', type: 'flash-progress', sent: 21_500_000, total: 34_879_232 },
	{
		t: 90,
		source: 'port',
		type: 'payload',
		port: '/dev/ttyUSB0',
		file: 'RC76xx_7620.spk',
		offset: 21_491_808,
		length: 8192,
		sha256: 'ab'.repeat(32),
	},
];

export const plan: Plan = {
	file: '/firmware/RC76xx_7620.spk',
	others: [],
	size: 34_879_232,
	path: '3-1',
	model: 'RC7620',
	from: '00.03.03.00',
	to: '00.08.24.02',
	mode: 'flash',
	resume: undefined,
	protocol: 'auto',
	loaderProtocol: 'sahara',
	transport: 'tty',
	checks: [
		{ name: 'file', state: 'ok', says: 'the CRC of each of its 15 images is right' },
		{
			name: 'carrier',
			state: 'warn',
			says: 'the modem had carrier SIERRA, the file brings GENERIC',
		},
	],
};

/** An open file of one image whose version is what the caller says. */
export function openFile(version = 'SWI9X07H_00.08.24.02'): OpenFirmware {
	const raw = encodeHeader({
		type: 'SPKG',
		product: '9X07',
		size: 8000,
		version,
		date: '03/04/26',
	});
	const found = readHeader(raw);
	if ('why' in found) throw new Error(found.why);
	const bytes = Buffer.concat([raw, Buffer.alloc(8000, 0x5a)]);
	const image = { start: 0, end: 8400, depth: 0, ...found, children: [], rest: undefined };
	return {
		file: {
			path: '/firmware/RC76xx_7620.spk',
			name: 'RC76xx_7620.spk',
			size: bytes.length,
			images: [image],
			versions: {} as OpenFirmware['file']['versions'],
			versionConflicts: [],
			rehearsal: false,
			readBytes: async (offset, length) => bytes.subarray(offset, offset + length),
			verify: async () => [],
			demandUnchanged: async () => {},
			close: async () => {},
		},
		checked: 4200,
		checks: undefined,
	};
}

export const listed: ListedFile[] = ['first', 'second'].map((name) => ({
	path: `/files/${name}`,
	name: `${name}.spk`,
	size: 34_879_232,
	from: 'this folder',
	changed: new Date('2026-03-04T10:00:00Z'),
}));

/** A flash whose process died when every byte was sent. */
export const unfinished: InterruptedFlash = {
	job: { pid: 1, startTime: '1', path: '3-1', file: '/f/a.spk', model: 'RC7620', recording: 'r' },
	says: 'The flash process died in the phase "commit" (process 1).',
	exit: 7,
	modem: 'Every byte was sent.',
	mode: 'reset',
	next: 'go on.',
	recording: 'r',
};
