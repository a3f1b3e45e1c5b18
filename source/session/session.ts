import type { ModemFacts } from '../at/modem-facts.ts';
import type { AtTranscript } from '../at/transcript.ts';
import type { EventOf, Header, UsbDevice } from '../events.ts';
import type { Check } from '../firmware/checks.ts';
import type { FirmwareFile } from '../firmware/firmware-file.ts';
import type { InterruptedFlash } from '../flash/job/recovery.ts';
import type { Plan } from '../flash/model/plan.ts';
import type { FlashProgress } from '../flash/model/progress.ts';
import type { EventLog } from '../recording/log/event-log.ts';
import type { Traffic } from '../recording/log/traffic.ts';
import type { Timeline } from '../usb/timeline/timeline.ts';

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
	/** Where it is from, in a word or two: `this folder`, `rehearsal`, `shipped`, `flash of RC7620`. */
	readonly from: string;
	readonly changed: Date;
};

/** How a recording is played; undefined outside a replay. */
export type Playing = {
	readonly t: number;
	readonly end: number;
	readonly speed: number;
	readonly playing: boolean;
	/** The marks of the whole recording, those to come too. */
	readonly marks: readonly EventOf<'mark'>[];
};

/** `wantsPassword`: something was refused that AT!ENTERCND may open. */
export type AtSent = { readonly wantsPassword: boolean };

/** Something that can wait for the next window. */
export type Armable = {
	readonly name: string;
	/** The AT lines that it sends. */
	readonly lines: readonly string[];
	arm(): void;
};

/**
 * What one console looks at, and what a person can do there. Screens read it and never keep what it
 * knows. Whatever a person asks for that cannot be done rejects with a `Problem`.
 */
export type Session = {
	readonly kind: 'live' | 'rehearsal' | 'replay';
	readonly header: Header;
	/** Seconds since the start of the log, on the modem's time. */
	now(): number;
	/** Called on every change, often: who draws decides when. */
	subscribe(changed: () => void): () => void;

	readonly log: EventLog;
	readonly timeline: Timeline;
	readonly traffic: Traffic;
	readonly transcript: AtTranscript;
	readonly flash: FlashProgress;
	/** Newest last. */
	readonly findings: readonly EventOf<'finding'>[];

	/** False where the kernel shows no USB at all. */
	readonly hasUsb: boolean;
	/** Modems that are plugged in now, by path. */
	readonly devices: ReadonlyMap<string, UsbDevice>;
	/** The port path that is looked at: chosen, or the first modem seen. */
	readonly path: string | undefined;
	/** The model at that path as far as it is known: `RC7620`. */
	readonly model: string | undefined;
	choosePath(path: string): void;

	/** What the modem has said of itself. */
	readonly facts: ModemFacts;
	/** What fires when the AT port appears. */
	readonly armed: string | undefined;
	/** What would be armed: a command, several between `|`, or the path of a script. */
	armable(typed: string): Promise<Armable>;
	/** Holds the modem in its next window, then flashes the open file; `typed` must be the model. */
	armFlash(typed: string): void;
	disarm(): void;
	/** Lines that were sent, in all runs; newest first. */
	readonly atHistory: readonly string[];
	sendAt(line: string): Promise<AtSent>;
	/** Asks the modem for everything that tells its state. */
	readModem(): Promise<AtSent>;
	/** The password of AT!ENTERCND, for this session. */
	giveAtPassword(password: string): void;

	/** The images of the firmware that the events last spoke of, as a tool's log or a flash told them. */
	readonly images: EventOf<'images'> | undefined;
	readonly firmware: OpenFirmware | undefined;
	/** Firmware files at hand: in the working folder, and the rehearsal's. */
	firmwareFiles(): Promise<ListedFile[]>;
	openFirmware(path: string): Promise<void>;

	readonly plan: Plan | undefined;
	/** Plans a flash of the open file, and of those that were added to it. */
	makePlan(): Promise<void>;
	/** Paths of the files that are flashed with the open one. */
	readonly added: readonly string[];
	/** Plans anew with one more file. */
	addToPlan(path: string): Promise<void>;
	/** Plans anew without a file that was added. */
	leaveOut(path: string): Promise<void>;
	/** Sets a refusal of the plan aside, by the check's name. */
	setAside(check: string): Promise<void>;
	/** The flash of this modem that was left unfinished, while none runs. */
	readonly unfinished: InterruptedFlash | undefined;
	/** Plans what is left to do of it. */
	continueFlash(): Promise<void>;
	/** Starts the planned flash in a process of its own; `typed` must be the plan's model. */
	startFlash(typed: string): Promise<void>;
	/** Asks the running flash to stop at its next safe point. */
	stopFlash(): void;

	/** The file that this session is being recorded to; undefined when it is not. */
	readonly recordingTo: string | undefined;
	startRecording(): void;
	stopRecording(): Promise<void>;
	recordings(): Promise<ListedFile[]>;
	mark(text: string): void;

	readonly playing: Playing | undefined;
	play(): void;
	pause(): void;
	/** Frame by frame, forwards or backwards. */
	step(frames: 1 | -1): void;
	seek(t: number): void;
	setSpeed(speed: number): void;

	end(): Promise<void>;
};

/** How the console gets from one session to another. */
export type OpenSession = {
	live(): Promise<Session>;
	rehearsal(scenario: string): Promise<Session>;
	replay(path: string): Promise<Session>;
};
