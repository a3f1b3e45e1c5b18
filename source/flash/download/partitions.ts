/**
 * Partitions over a maker's programmer, as a rawprogram XML lists them: configure until both agree on
 * the block, <erase>, <program> and <patch> one by one, power reset. Source: linux-msm/qdl firehose.c.
 */
import type { PartitionSet, Step } from '../../firmware/partitions/partition-set.ts';
import type { RecordedLink } from '../../link/traffic-recorder.ts';
import { type FlashContext, phase } from '../model/context.ts';
import { stepRefused } from '../model/outcomes/download.ts';
import { blockUnderSector, makersFirehose } from '../model/outcomes/programmer.ts';
import type { BatchPosition } from '../model/outcomes/states.ts';
import { FirehosePort } from './firehose-client.ts';
import { beginProgram, commit, reason, refusal, reset, writeBlocks } from './firehose-steps.ts';
import { beginWrite, stopBeforeFile, WriteProgress } from './write-progress.ts';

/** The longest block that is offered, bytes. */
const longestBlock = 1_048_576;
const none: BatchPosition = { accepted: 0, of: 1 };

export async function downloadPartitions(
	link: RecordedLink,
	set: PartitionSet,
	context: FlashContext,
): Promise<void> {
	const port = new FirehosePort(link, context.clock);
	phase(context, 'configure', 'running');
	stopBeforeFile(context, none);
	const payload = await configure(port, set, context);
	await demandNoSierra(port, context);
	const images = set.steps.flatMap(({ image }) => image ?? []);
	const progress = new WriteProgress(context, images, 0);
	const of = set.steps.length;
	for (const [accepted, step] of set.steps.entries()) {
		const position: BatchPosition = { accepted, of, what: 'steps' };
		stopBeforeFile(context, position);
		const which = `step ${accepted + 1} of ${of}: ${step.verb} ${step.label}`;
		await beginWrite(context, which);
		const { image, attributes, sector } = step;
		if (image) {
			const sectors = { ...attributes, num_partition_sectors: Math.ceil(image.size / sector) };
			await beginProgram(port, sectors, position, context);
			const block = Math.floor(payload / sector) * sector;
			await writeBlocks(link, port, image, { block, sector, closing: 0 }, progress, context);
			await commit(port, image, which, context);
		} else await change(port, step, context);
	}
	phase(context, 'commit', 'done', `all ${of} steps were accepted`);
	await reset(port, context);
}

async function change(
	port: FirehosePort,
	{ verb, attributes }: Step,
	context: FlashContext,
): Promise<void> {
	const answer = await port.request(verb, attributes);
	// Part of it may be done, however early it was refused.
	if (answer.value !== 'ACK') {
		throw stepRefused(context.ways, verb, reason(answer));
	}
	phase(context, 'write', 'done');
}

/** Returns the bytes that the programmer takes at once: what it proposes is asked for once more. */
async function configure(
	port: FirehosePort,
	{ storage, steps }: PartitionSet,
	context: FlashContext,
): Promise<number> {
	const ask = (MaxPayloadSizeToTargetInBytes: number) =>
		port.request('configure', {
			MemoryName: storage,
			Verbose: 0,
			AlwaysValidate: 0,
			MaxDigestTableSizeInBytes: 8192,
			MaxPayloadSizeToTargetInBytes,
			ZlpAwareHost: 0,
			SkipStorageInit: 0,
		});
	let asked = longestBlock;
	let answer = await ask(asked);
	const proposed = Number(answer.attributes.MaxPayloadSizeToTargetInBytes);
	if (answer.value === 'NAK' && proposed > 0) {
		asked = proposed;
		answer = await ask(asked);
	}
	if (answer.value !== 'ACK') throw refusal(answer, 'configure', none, context);
	const payload = Math.min(asked, proposed || asked);
	const longest = Math.max(...steps.map(({ sector }) => sector));
	if (payload < longest) {
		throw blockUnderSector(payload, longest);
	}
	phase(context, 'configure', 'done', `${storage}, blocks of ${payload} bytes`);
	return payload;
}

/** A maker's own Firehose names its functions. */
async function demandNoSierra(port: FirehosePort, context: FlashContext): Promise<void> {
	const info = await port.request('getStorageInfo', { physical_partition_number: 0 });
	// A programmer need not have it, and says so; silence would be an answer that comes later.
	if (info.value === undefined) throw refusal(info, 'getStorageInfo', none, context);
	if (!info.logs.some((line) => line.includes('SWI supported functions'))) return;
	throw makersFirehose();
}
