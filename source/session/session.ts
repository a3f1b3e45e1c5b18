import type { ModemFacts } from '../at/answers/modem-facts.ts';
import type { AtTranscript } from '../at/transcript.ts';
import type { EventOf, FlashPhase, Header, UsbDevice } from '../events.ts';
import type { Check } from '../firmware/checks.ts';
import type { FirmwareFile } from '../firmware/firmware-file.ts';
import type { FirmwarePackage } from '../firmware/package/quectel.ts';
import type { InterruptedFlash } from '../flash/job/recovery.ts';
import type { Plan } from '../flash/model/plan.ts';
import type { FlashProgress } from '../flash/model/progress.ts';
import type { Transport } from '../flash/model/transport.ts';
import type { Ghost } from '../flash/rehearse/ghost.ts';
import type { EventLog } from '../recording/log/event-log.ts';
import type { Traffic } from '../recording/log/traffic.ts';
import type { Timeline } from '../usb/timeline/timeline.ts';
import type { LaneRecords } from './lane-records.ts';
import type { Remarks } from './remarks/remarks.ts';

export type OpenFirmware = {
	readonly file: FirmwareFile;
	/** Bytes checked so far; the file's size when all is checked. */
	readonly checked: number;
	/** Undefined while the checks run. */
	readonly checks: readonly Check[] | undefined;
};

export type ListedFile = {
	readonly path: string;
	readonly name: string;
	readonly size: number;
	/** Where it is from, in a word or two: `this folder`, `simulated`, `shipped`. */
	readonly from: string;
	readonly changed: Date;
};

/** `locked`: the commands that were refused and that AT!ENTERCND may open. */
export type AtSent = { readonly locked: readonly string[] };

/** Something that can wait for the next window. */
export type Armable = {
	readonly name: string;
	/** The AT lines that it sends. */
	readonly lines: readonly string[];
	/** `agreed`: the words of its commands that ask first; without them it throws. */
	arm(agreed: readonly string[]): void;
};

/** What the events so far tell. Screens read it and never keep what it knows. */
export type SessionModels = {
	readonly log: EventLog;
	readonly timeline: Timeline;
	readonly traffic: Traffic;
	readonly transcript: AtTranscript;
	/** What the modem has said of itself. */
	readonly facts: ModemFacts;
	readonly flash: FlashProgress;
	/** The rehearsal that the flash is held against, where there was one. */
	readonly ghost?: Ghost | undefined;
	/** Errors, warnings and notes, counted and in order. */
	readonly remarks: Remarks;
	/** Newest last. */
	readonly findings: readonly EventOf<'finding'>[];
	/** Those that no later event has answered, the one that stands in the way most first. */
	readonly currentFindings: readonly EventOf<'finding'>[];
	/** What stands on the time axis beside the timelines. */
	readonly lanes: LaneRecords;
	/** The version that the modem last said it runs. */
	readonly revision: string | undefined;
	/** The images of the firmware that the events last spoke of, as a tool's log or a flash told them. */
	readonly images: EventOf<'images'> | undefined;
};

/**
 * What one console looks at, and what a person can do there: an action is possible when the
 * capability for it is there. Whatever a person asks for that fails rejects with a `Problem`.
 */
export type Session = SessionModels & {
	readonly header: Header;
	/** What it is, where it is not this machine's own modem: `simulated`, `replay`. */
	readonly label: string | undefined;
	/** Seconds since the start of the log, on the modem's time. */
	now(): number;
	/** Called on every change, often: who draws decides when. */
	subscribe(changed: () => void): () => void;

	/** False where the kernel shows no USB at all. */
	readonly hasUsb: boolean;
	/** Modems that are plugged in now, by path. */
	readonly devices: ReadonlyMap<string, UsbDevice>;
	/** The port path that is looked at: chosen, or the first modem seen. */
	readonly path: string | undefined;
	/** The model at that path as far as it is known: `RC7620`. */
	readonly model: string | undefined;
	choosePath(path: string): void;
	recordings(): Promise<ListedFile[]>;

	readonly firmware: FirmwareFiles;
	/** Undefined where nothing can be sent to a modem. */
	readonly modem?: ModemControl | undefined;
	/** Undefined where nothing happens that could be recorded. */
	readonly recorder?: SessionRecorder | undefined;
	/** Undefined where time cannot be moved in. */
	readonly player?: Player | undefined;

	/** Leaves a mark at this moment; resolves to a sentence that says where it is kept. */
	mark(text: string): Promise<string>;
	end(): Promise<void>;
};

/** The firmware file that lies open, and those that could. */
export type FirmwareFiles = {
	readonly opened: OpenFirmware | undefined;
	/** A maker's package that lies open in place of a file. */
	readonly openedPackage: FirmwarePackage | undefined;
	/** Firmware files at hand: in the working folder, and the rehearsal's. */
	list(): Promise<ListedFile[]>;
	open(path: string): Promise<void>;
};

export type ModemControl = {
	readonly raw: RawControl;
	readonly at: AtControl;
	readonly flasher: FlashControl;
};

/** Ports without a protocol: what is sent is sent as it is. */
export type RawControl = {
	/** Those of the modem that is looked at: the place on the bus, and what each is. */
	ports(): readonly { readonly place: string; readonly says: string }[];
	/** What a person has to know before: sentences. */
	meaning(place: string): Promise<readonly string[]>;
	open(place: string, listener: RawListener): Promise<OpenRawPort>;
};

export type RawListener = {
	/** Bytes of the modem, as they came. */
	readonly came: (bytes: Buffer) => void;
	/** What became of the port, in a sentence. */
	readonly says: (sentence: string) => void;
};

export type OpenRawPort = {
	/** The node that it is open on; undefined while it is away. */
	readonly node: string | undefined;
	write(bytes: Uint8Array): Promise<void>;
	sendBreak(): Promise<void>;
	close(): Promise<void>;
};

export type AtControl = {
	/** What fires when the AT port appears. */
	readonly armed: string | undefined;
	/** What would be armed: a command, several between `|`, or the path of a script. */
	armable(typed: string): Promise<Armable>;
	disarm(): void;
	/** Lines that were sent, in all runs; newest first. */
	readonly history: readonly string[];
	/** `agreed`: the words of the commands in it that ask first; without them it throws. */
	send(line: string, agreed: readonly string[]): Promise<AtSent>;
	/** The same of a script (at/armed/script.ts), now; the first line that is not answered with OK ends it. */
	runScript(text: string, agreed: readonly string[]): Promise<void>;
	/** How many attempts a PIN has left: a sentence. */
	attemptsLeft(): Promise<string>;
	/** Asks the modem for everything that tells its state. */
	readState(): Promise<AtSent>;
	/** The password of AT!ENTERCND, for this session. */
	givePassword(password: string): void;
};

export type RehearsalRun = {
	readonly progress: FlashProgress;
	readonly isRunning: boolean;
	/** Where it is kept, once it was carried out to its end. */
	readonly recording: string | undefined;
};

export type FlashControl = {
	readonly plan: Plan | undefined;
	/** The plan was started, and its process is not there yet. */
	readonly isStarting: boolean;
	/** Plans a flash of the open file, and of those that were added to it. */
	makePlan(): Promise<void>;
	/** Paths of the files that are flashed with the open one. */
	readonly added: readonly string[];
	/** Plans anew with one more file. */
	add(path: string): Promise<void>;
	/** Plans anew without a file that was added. */
	leaveOut(path: string): Promise<void>;
	/** Plans anew, with the loader spoken to over this; by what speaks for it unless given. */
	speakOver(transport: Transport | undefined): Promise<void>;
	/** Sets a refusal of the plan aside, by the check's name. */
	setAside(check: string): Promise<void>;
	/** The rehearsal of the plan that waits, running or over. */
	readonly rehearsal: RehearsalRun | undefined;
	/** Carries the plan out on a simulated modem made from this one; resolves at its end. */
	rehearse(): Promise<void>;
	/** The flash of this modem that was left unfinished, while none runs. */
	readonly unfinished: InterruptedFlash | undefined;
	/** Plans what is left to do of it. */
	planRest(): Promise<void>;
	/** Starts the planned flash in a process of its own; `typed` must be the plan's model. */
	start(typed: string): Promise<void>;
	/** Holds the modem in its next window, then flashes the open file; `typed` must be the model. */
	armStart(typed: string): void;
	/** Resets the loader that holds, without a flash; `typed` must be the model. */
	leave(typed: string): Promise<void>;
	/** Asks the running flash, or its rehearsal, to stop at its next safe point. */
	stop(): void;
};

export type SessionRecorder = {
	/** The file that this session is being recorded to; undefined when it is not. */
	readonly path: string | undefined;
	/** Why nothing is recorded, where it should be: a full disk. */
	readonly problem?: string | undefined;
	start(): void;
	stop(): Promise<void>;
};

/** A phase of a flash, when it began, and which step or file it is for. */
export type PhaseBegun = {
	readonly t: number;
	readonly phase: FlashPhase;
	readonly detail?: string;
};

/** How a recording is played. */
export type Player = {
	/** The file that is played; undefined for what was pasted. */
	readonly path: string | undefined;
	readonly t: number;
	readonly end: number;
	readonly speed: number;
	readonly playing: boolean;
	/** Milliseconds on the clock of who watches: a film is made faster than it plays. */
	readonly watched: number;
	/** The marks of the whole recording, those to come too. While it is read, more are added at their end. */
	readonly marks: readonly EventOf<'mark'>[];
	/** The recording is still being read: what is known of its end is not the last of it. */
	readonly isReading: boolean;
	/** It goes there, seconds, once so much is read. */
	readonly awaited: number | undefined;
	/** What stands out in the whole recording, and its phases, as far as it was read; undefined for a film. */
	readonly overview?:
		| { readonly remarks: Remarks; readonly phases: readonly PhaseBegun[] }
		| undefined;
	play(): void;
	pause(): void;
	/** Frame by frame, forwards or backwards. */
	step(frames: 1 | -1): void;
	/** Where so much is not read yet, it goes on there by itself. */
	seek(t: number): void;
	setSpeed(speed: number): void;
};

/** Writes recordings for other programs. */
export type Exporter = {
	readonly formats: readonly { readonly name: string; readonly says: string }[];
	/** Resolves to a sentence that says where it was written. */
	write(path: string, format: string): Promise<string>;
	/** Packs it with what one needs to understand it; resolves to a sentence that says where, and how large. */
	packCase(path: string): Promise<string>;
};

/** How the console gets from one session to another, and recordings out of it. */
export type OpenSession = {
	live(): Promise<Session>;
	rehearsal(scenario: string): Promise<Session>;
	replay(path: string): Promise<Session>;
	/** Loaded when it is wanted; undefined where nothing can be written. */
	readonly exporter?: () => Promise<Exporter>;
	/** A replay of what somebody pasted: a recording, or a text that an importer knows. */
	paste(text: string | Buffer): Promise<Session>;
};
