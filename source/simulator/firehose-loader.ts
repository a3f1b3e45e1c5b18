/**
 * The loader's side of Firehose, as Sierra's answers it: libqmi's exchanges with a 9x07 loader
 * (qfu-sahara-device.c, qfu-firehose-message.c). What its log lines say is partly assumed.
 */
import { type FirehoseElement, firehoseDocument } from '../protocol/firehose.ts';
import type { Endpoint } from './endpoint.ts';
import { dropLineEnds, readDocument } from './firehose-reader.ts';
import { commit, type LoaderWorld, rest, takeAtPace } from './loader-world.ts';
import { receiveImage } from './received-image.ts';

const sector = 4096;
/** The longest block that the loader takes, bytes. */
const largestPayload = 8192;
const payload = {
	MemoryName: 'NAND',
	MaxPayloadSizeFromTargetInBytes: 2048,
	MaxPayloadSizeToTargetInBytes: largestPayload,
	MaxPayloadSizeToTargetInBytesSupported: largestPayload,
	TargetName: '9x55',
};

/** Answers until the host asked for a reset. */
export async function speakFirehose(pipe: Endpoint, world: LoaderWorld): Promise<void> {
	const { model, tell, traits } = world;
	for (;;) {
		const element = await readDocument(pipe);
		const verb = element?.name.toLowerCase();
		if (!element) await refuse('XML not formed correctly. Expected a < character at loc 0');
		else if (verb === 'configure') await configure(element.attributes);
		else if (verb === 'getstorageinfo') await storageInfo();
		else if (verb === 'nop') await respond('ACK');
		else if (verb === 'program') await program(element.attributes);
		else if (verb !== 'power') await refuse(`${element.name} is not a known command`);
		else if (element.attributes.value === 'reset') break;
		else await refuse(`power value ${element.attributes.value} is not supported`);
	}
	return respond('ACK');

	function log(value: string) {
		return pipe.write(firehoseDocument('log', { value }));
	}

	function respond(value: 'ACK' | 'NAK', more: Parameters<typeof firehoseDocument>[1] = {}) {
		return pipe.write(firehoseDocument('response', { value, ...more }));
	}

	async function refuse(why: string) {
		tell(`the loader refused: ${why}`);
		await log(`ERROR: ${why}`);
		await respond('NAK');
	}

	/** A host that asks for more is told what the loader can, with NAK: that is no error. */
	async function configure(attributes: FirehoseElement['attributes']) {
		const asked = Number(attributes.MaxPayloadSizeToTargetInBytes ?? largestPayload);
		await respond(asked <= largestPayload ? 'ACK' : 'NAK', payload);
	}

	async function storageInfo() {
		await log(`SECTOR_SIZE_IN_BYTES=${sector}`);
		await log('pages_in_block=64');
		await log('SWI supported functions: CWE');
		await respond('ACK');
	}

	async function program(attributes: FirehoseElement['attributes']) {
		const sectors = Number(attributes.num_partition_sectors);
		if (!Number.isSafeInteger(sectors) || sectors < 1) {
			return refuse('num_partition_sectors is no number of sectors');
		}
		await dropLineEnds(pipe);
		await log(`programming ${attributes.filename ?? 'an image'}, ${sectors} sectors`);
		await respond('ACK', { rawmode: 'true' });
		tell(`the image begins: ${sectors} sectors of ${sector} bytes`);
		const { product } = model;
		const verdict = await receiveImage(
			rawBytes(sectors * sector),
			{ product, sector },
			async (writes) => commit(world, writes && traits.refusesImages === undefined),
		);
		if ('refused' in verdict) return refuse(verdict.refused);
		if (traits.refusesImages !== undefined) return refuse('the image cannot be used');
		world.accepted(verdict.accepted);
		await log('programming finished');
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
