/**
 * The loader's side of Firehose: libqmi's exchanges with a 9x07 loader (qfu-sahara-device.c,
 * qfu-firehose-message.c). What its log lines say is partly assumed.
 */
import { type FirehoseElement, firehoseDocument } from '../../protocol/firehose/firehose.ts';
import type { Endpoint } from '../device/endpoint.ts';
import { dropLineEnds, readDocument } from './firehose-reader.ts';
import { type LoaderWorld, rest, takeAtPace } from './loader-world.ts';

/** What lies behind it: whose loader it is, and what that does with what comes. */
export type FirehoseFlash = {
	/** Bytes. */
	readonly sector: number;
	/** The storage and the chip, as it names them. */
	readonly names: Readonly<Record<'MemoryName' | 'TargetName', string>>;
	/** What it says of its storage, a line each. */
	readonly info: readonly string[];
	/** Takes the sectors of a <program>; returns why it refuses them. */
	program(attributes: Attributes, bytes: AsyncIterable<Buffer>): Promise<string | undefined>;
	/** Why sectors are not even asked for. */
	refuses?(attributes: Attributes): string | undefined;
	/** Verbs of its own, in small letters; each returns why it refuses. */
	readonly verbs?: Readonly<Record<string, (attributes: Attributes) => string | undefined>>;
};
type Attributes = FirehoseElement['attributes'];

/** The longest block that the loader takes, bytes. */
const largestPayload = 8192;
const payload = {
	MaxPayloadSizeFromTargetInBytes: 2048,
	MaxPayloadSizeToTargetInBytes: largestPayload,
	MaxPayloadSizeToTargetInBytesSupported: largestPayload,
};

/** Answers until the host asked for a reset. */
export async function speakFirehose(
	pipe: Endpoint,
	world: LoaderWorld,
	flash: FirehoseFlash,
): Promise<void> {
	const { log } = world;
	const { sector } = flash;
	let { refusedPrograms, unheardResets } = world.traits.firehose;
	const { logsStorageWith } = world.traits.firehose;
	for (;;) {
		const element = await readDocument(pipe);
		const verb = element?.name.toLowerCase();
		if (!element) await refuse('XML not formed correctly. Expected a < character at loc 0');
		else if (verb === 'configure') await configure(element.attributes);
		else if (verb === 'getstorageinfo') await storageInfo();
		else if (verb === 'nop') await respond('ACK');
		else if (verb === 'program') await program(element.attributes);
		else if (verb && flash.verbs?.[verb]) await own(flash.verbs[verb](element.attributes));
		else if (verb !== 'power') await refuse(`${element.name} is not a known command`);
		else if (element.attributes.value !== 'reset') {
			await refuse(`power value ${element.attributes.value} is not supported`);
		} else if (unheardResets-- <= 0) break;
	}
	return respond('ACK');

	function sendLog(value: string) {
		return pipe.write(firehoseDocument('log', { value }));
	}

	function respond(value: 'ACK' | 'NAK', more: Parameters<typeof firehoseDocument>[1] = {}) {
		return pipe.write(firehoseDocument('response', { value, ...more }));
	}

	async function own(refusal: string | undefined) {
		await (refusal === undefined ? respond('ACK') : refuse(refusal));
	}

	async function refuse(why: string) {
		log(`the loader refused: ${why}`);
		await sendLog(`ERROR: ${why}`);
		await respond('NAK');
	}

	/** A host that asks for more is told what the loader can, with NAK: that is no error. */
	async function configure(attributes: Attributes) {
		const asked = Number(attributes.MaxPayloadSizeToTargetInBytes ?? largestPayload);
		const { MemoryName, TargetName } = flash.names;
		if (logsStorageWith === 'configure') await logStorage();
		await respond(asked <= largestPayload ? 'ACK' : 'NAK', { MemoryName, ...payload, TargetName });
	}

	async function logStorage() {
		for (const line of flash.info) await sendLog(line);
	}

	async function storageInfo() {
		if (logsStorageWith === 'getstorageinfo') await logStorage();
		await respond('ACK');
	}

	async function program(attributes: Attributes) {
		const sectors = Number(attributes.num_partition_sectors);
		if (!Number.isSafeInteger(sectors) || sectors < 1) {
			return refuse('num_partition_sectors is no number of sectors');
		}
		if (refusedPrograms-- > 0) return refuse('the storage is busy');
		const refusal = flash.refuses?.(attributes);
		if (refusal !== undefined) return refuse(refusal);
		await dropLineEnds(pipe);
		await sendLog(`programming ${attributes.filename ?? 'an image'}, ${sectors} sectors`);
		await respond('ACK', { rawmode: 'true' });
		log(`the image begins: ${sectors} sectors of ${sector} bytes`);
		const refused = await flash.program(attributes, rawBytes(sectors * sector));
		if (refused !== undefined) return refuse(refused);
		await sendLog('programming finished');
		await respond('ACK', { rawmode: 'false' });
		await rest(world);
	}

	/** What the host sends, taken no faster than the flash memory is written. */
	async function* rawBytes(length: number) {
		const taken = takeAtPace(world);
		for (let left = length; left > 0; ) {
			const bytes = (await pipe.read())!;
			pipe.unread(bytes.subarray(left));
			const mine = bytes.subarray(0, left);
			yield mine;
			left -= mine.length;
			await taken(mine.length);
		}
	}
}
