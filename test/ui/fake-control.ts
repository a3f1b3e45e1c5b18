/** What a person can do in a session, as fakes that write down what they were asked. */
import { requireConsent } from '../../source/at/consent.ts';
import type { AtTranscript } from '../../source/at/transcript.ts';
import type { InterruptedFlash } from '../../source/flash/job/recovery.ts';
import type { Plan } from '../../source/flash/model/plan.ts';
import type { Transport } from '../../source/flash/model/transport.ts';
import type {
	Armable,
	AtSent,
	Player,
	RawListener,
	RehearsalRun,
} from '../../source/session/session.ts';

/** AT of a modem that answers nothing. */
export function fakeAt(asked: string[], transcript: AtTranscript) {
	const at = {
		armed: undefined as string | undefined,
		/** Whether a modem refuses what is sent until it got the password. */
		wantsPassword: false,
		/** Rejects what is sent, as a session without a port does. */
		refuses: undefined as Error | undefined,
		get history(): readonly string[] {
			const sent = transcript.lines.flatMap(({ kind, text }) => (kind === '>' ? [text] : []));
			return [...new Set(sent.toReversed())];
		},
		armable: async (typed: string): Promise<Armable> => ({
			name: typed,
			lines: typed.split('|').map((line) => line.trim()),
			arm: (agreed) => {
				requireConsent(typed.split('|'), agreed);
				asked.push(`arm ${typed}`);
				at.armed = typed;
			},
		}),
		disarm(): void {
			asked.push('disarm');
			at.armed = undefined;
		},
		attemptsLeft: async () => 'Attempts left: SIM PIN 2 of 3.',
		async send(line: string, agreed: readonly string[]): Promise<AtSent> {
			requireConsent([line], agreed);
			asked.push(`send ${line}`);
			if (at.refuses) throw at.refuses;
			return { locked: at.wantsPassword ? [line] : [] };
		},
		async runScript(text: string, agreed: readonly string[]): Promise<void> {
			const lines = text.split('\n');
			requireConsent(lines, agreed);
			for (const line of lines) asked.push(`send ${line}`);
		},
		async readState(): Promise<AtSent> {
			asked.push('read');
			return { locked: at.wantsPassword ? ['AT!BAND?', 'AT!GCDUMP', 'AT!IMPREF?'] : [] };
		},
		givePassword(password: string): void {
			asked.push(`password ${password}`);
			at.wantsPassword = false;
		},
	};
	return at;
}

export function fakeFlasher(asked: string[]) {
	const ask = async (what: string) => void asked.push(what);
	return {
		plan: undefined as Plan | undefined,
		isStarting: false,
		added: [] as string[],
		unfinished: undefined as InterruptedFlash | undefined,
		rehearsal: undefined as RehearsalRun | undefined,
		rehearse: () => ask('rehearse'),
		makePlan: () => ask('plan'),
		add: (path: string) => ask(`add ${path}`),
		leaveOut: (path: string) => ask(`leave out ${path}`),
		setAside: (check: string) => ask(`set aside ${check}`),
		speakOver: (transport: Transport | undefined) => ask(`speak over ${transport ?? 'auto'}`),
		planRest: () => ask('continue'),
		start: (typed: string) => ask(`start ${typed}`),
		armStart: (typed: string) => void ask(`arm flash ${typed}`),
		leave: (typed: string) => ask(`leave ${typed}`),
		stop: () => void ask('stop'),
	};
}

/** A port that keeps what it is sent, and says what a test lets it say. */
export function fakeRaw(asked: string[]) {
	const raw = {
		all: [{ place: '3-1:1.3', says: 'ttyUSB2, AT, qcserial' }],
		says: (_bytes: Buffer): void => {},
		ports: () => raw.all,
		meaning: async (place: string) => [`${place}, raw: what you type goes as it is.`],
		open: async (place: string, listener: RawListener) => {
			asked.push(`open ${place}`);
			raw.says = listener.came;
			return {
				node: '/dev/ttyUSB2',
				write: async (bytes: Uint8Array) => void asked.push(`raw ${JSON.stringify(String(bytes))}`),
				sendBreak: async () => void asked.push('break'),
				close: async () => void asked.push('close'),
			};
		},
	};
	return raw;
}

export const fakeRecorder = (asked: string[]) => ({
	path: undefined as string | undefined,
	start: () => void asked.push('record'),
	stop: async () => void asked.push('stop recording'),
});

export const fakePlayer = (asked: string[]): Omit<Player, 't' | 'end'> => ({
	speed: 1,
	playing: false,
	watched: 0,
	path: undefined,
	marks: [],
	isReading: false,
	awaited: undefined,
	play: () => void asked.push('play'),
	pause: () => void asked.push('pause'),
	step: (frames) => void asked.push(`step ${frames}`),
	seek: (t) => void asked.push(`seek ${t}`),
	setSpeed: (speed) => void asked.push(`speed ${speed}`),
});
