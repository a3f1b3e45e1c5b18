import { type DecodedField, numberOf } from '../../protocol/fields.ts';
import { qmiErrors } from '../../protocol/qmi/errors.ts';
import { type QmiMessage, resultTlv } from '../../protocol/qmi/messages.ts';
import { beginsQmux, encodeQmi, type QmiFrame, readQmi } from '../../protocol/qmi/qmi.ts';
import type { Values } from '../../protocol/qmi/shape.ts';
import type { Facts, Leaving } from '../at/answers.ts';
import type { Logger } from '../device/logger.ts';
import { preferredImages, releaseOf, services, storedImages, tells } from './answers.ts';

const modes = { online: 0, offline: 3, reset: 4, mostKnown: 7 } as const;
/** Clients of one service that the modem gives out. */
const mostClients = 16;
const downloadMode = 1;

type Reply = {
	tlvs?: Readonly<Record<number, Values>>;
	refused?: string;
	leaves?: Leaving | undefined;
};

/** What carries it: the port itself, or MBIM in it. */
export type QmiPipe = {
	read(): Promise<Buffer | undefined>;
	write(bytes: Uint8Array): Promise<void>;
};

/** Answers QMI until a message makes the application leave. */
export async function answerQmi(
	pipe: QmiPipe,
	facts: () => Facts,
	{ knowsPreference }: { knowsPreference: boolean },
	log: Logger,
): Promise<Leaving> {
	const talk = new Talk(facts, knowsPreference);
	let bytes = Buffer.alloc(0);
	for (;;) {
		bytes = Buffer.concat([bytes, (await pipe.read())!]);
		for (;;) {
			// Bytes that begin no frame are passed over, as far as one may begin.
			if (beginsQmux(bytes) === 'no') bytes = bytes.subarray(1);
			else {
				const frame = readQmi(bytes);
				if (!frame) break;
				bytes = bytes.subarray(frame.length);
				if (frame.sender !== 'host') continue;
				const { reply, answer } = talk.answer(frame);
				log(`QMI ${frame.name}: ${reply.refused ?? 'success'}`);
				await pipe.write(answer);
				if (reply.leaves) return reply.leaves;
			}
		}
	}
}

/** What the modem remembers of its talks over QMI, until it resets. */
class Talk {
	readonly #facts: () => Facts;
	/** Clients that were given out, as service * 256 + client. */
	readonly #clients = new Set<number>();
	#mode: number = modes.online;
	readonly #knowsPreference: boolean;
	#download = false;
	#bootHold = false;

	constructor(facts: () => Facts, knowsPreference: boolean) {
		this.#facts = facts;
		this.#knowsPreference = knowsPreference;
	}

	answer(frame: QmiFrame): { reply: Reply; answer: Buffer } {
		const number = (name: string) => numberOf(frame.fields, name);
		const [service, client, id] = [number('service'), number('client'), number('message')];
		const reply = this.#reply(frame, service, client);
		const message: QmiMessage = frame.asks ?? {
			service,
			id,
			name: frame.name,
			description: '',
			request: {},
			answer: { 2: resultTlv },
			within: 0,
		};
		const result = reply.refused
			? { 2: { result: 1, error: codeOf(reply.refused) } }
			: { 2: { result: 0, error: 0 } };
		const tlvs = { ...result, ...reply.tlvs };
		const transaction = number('transaction');
		return { reply, answer: encodeQmi(message, { tlvs, client, transaction, answer: true }) };
	}

	#reply({ asks, fields, problem }: QmiFrame, service: number, client: number): Reply {
		const isKnown = service === 0 || this.#clients.has(service * 256 + client);
		if (!isKnown) return { refused: 'InvalidClientId' };
		const isOfPreference = /FirmwarePreference$/.test(asks?.name ?? '');
		if (!asks || (isOfPreference && !this.#knowsPreference)) {
			return { refused: 'InvalidQmiCommand' };
		}
		if (problem !== undefined) return { refused: 'MalformedMessage' };
		// Of the TLVs that a request may have, the first one is the one that it must.
		const needed = Object.values(asks.request)[0];
		const isThere = !needed || fields.some(({ name }) => name === `${needed.name} type`);
		if (!isThere) return { refused: 'MissingArgument' };
		const told = tells[asks.name];
		if (told) return { tlvs: told(this.#facts()) };
		return this.#act(asks.name, fields);
	}

	#act(name: string, fields: readonly DecodedField[]): Reply {
		switch (name) {
			case 'SYNC':
				this.#clients.clear();
				return {};
			case 'GetVersionInfo':
				return { tlvs: { 1: { service: services } } };
			case 'ALLOC_CID':
				return this.#allocate(last(fields, 'service'));
			case 'RELEASE_CID': {
				const [service, client] = [last(fields, 'service'), last(fields, 'client')];
				if (!this.#clients.delete(service * 256 + client)) return { refused: 'InvalidClientId' };
				return { tlvs: { 1: { service, client } } };
			}
			case 'GetOperatingMode':
				return { tlvs: { 1: { mode: this.#mode } } };
			case 'SetOperatingMode':
				return this.#setMode(numberOf(fields, 'mode'));
			case 'GetFirmwarePreference':
				return { tlvs: { 1: { image: preferredImages(this.#facts()) } } };
			case 'SetFirmwarePreference':
				return this.#prefer(fields);
			case 'SetBootImageDownloadMode':
				this.#bootHold = numberOf(fields, 'mode') === downloadMode;
				return {};
			case 'SetFirmwareId':
				// As an EM7455 answers it (libqmi-devel 003166).
				return { refused: 'MissingArgument' };
			default:
				return { refused: 'InvalidQmiCommand' };
		}
	}

	#allocate(service: number): Reply {
		if (service === 0 || !services.some((one) => one.service === service)) {
			return { refused: 'InvalidServiceType' };
		}
		for (let client = 1; client <= mostClients; client++) {
			if (this.#clients.has(service * 256 + client)) continue;
			this.#clients.add(service * 256 + client);
			return { tlvs: { 1: { service, client } } };
		}
		return { refused: 'ClientIdsExhausted' };
	}

	#setMode(mode: number): Reply {
		if (mode > modes.mostKnown) return { refused: 'InvalidArgument' };
		// Offline is left by a reset, and a reset leaves nothing else.
		const isOffline = this.#mode === modes.offline;
		if (mode === modes.reset && isOffline)
			return { leaves: this.#download ? 'download' : this.#bootHold ? 'boot-hold' : 'reset' };
		if (mode === modes.offline && isOffline) return { refused: 'NoEffect' };
		if (mode === modes.reset || isOffline) return { refused: 'InvalidTransition' };
		this.#mode = mode;
		return {};
	}

	/** Images that are not stored are downloaded at the next start: for that the loader holds. */
	#prefer(fields: readonly DecodedField[]): Reply {
		const text = (name: string) => String(fields.find((one) => one.name === name)?.value ?? '');
		const wanted = Array.from({ length: numberOf(fields, 'images') }, (_, index) => {
			const of = ` image ${index + 1}`;
			const kind = numberOf(fields, `kind${of}`);
			return { kind, 'unique id': text(`unique id${of}`), build: text(`build${of}`) };
		});
		const stored = storedImages(this.#facts());
		const isStored = (image: (typeof wanted)[number]) =>
			stored.some(({ kind, build }) => kind === image.kind && build === image.build);
		const all = numberOf(fields, 'override') === 1;
		const missing = wanted.filter((image) => all || !isStored(image));
		this.#facts().memory.preferred = releaseOf(wanted);
		this.#download = missing.length > 0;
		return { tlvs: { 1: { image: missing.map(({ kind }) => ({ kind })) } } };
	}
}

/** A field of the message itself stands behind those of its head, some of which have its name. */
const last = (fields: readonly DecodedField[], name: string): number =>
	numberOf(fields.toReversed(), name);

const codeOf = (name: string): number =>
	Number(Object.entries(qmiErrors).find(([, code]) => code.name === name)![0]);
