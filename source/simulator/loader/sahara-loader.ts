/**
 * The loader's side of Sahara, as a Sierra loader speaks it: HELLO once, and command mode. Bytes
 * that it does not expect spoil it until its next reset. Sources: the field log of an RC7620; libqmi
 * qfu-sahara-device.c; libqmi-devel 2018-March/002779 for what follows after such bytes.
 */
import type { Model } from '../../modems/simulated.ts';
import { encode, type Message, numberOf } from '../../protocol/fields.ts';
import {
	readSahara,
	type SaharaPacket,
	saharaExecuteIds,
	saharaMessages,
	saharaModes,
	saharaStatus,
} from '../../protocol/sahara/sahara.ts';
import type { Endpoint } from '../device/endpoint.ts';
import type { LoaderWorld } from './loader-world.ts';

export const codeIn = (names: Readonly<Record<number, string>>, name: string) =>
	Number(Object.entries(names).find(([, known]) => known === name)![0]);

const commandMode = codeIn(saharaModes, 'COMMAND');
const memoryDebug = codeIn(saharaModes, 'MEMORY_DEBUG');
const toFirehose = codeIn(saharaExecuteIds, 'switch to Firehose (Sierra)');

/** What EXECUTE is answered with. The texts of all but the first are assumed. */
const answersOf = ({ name, device, released }: Model) =>
	new Map([
		[toFirehose, 'confirmed'],
		[codeIn(saharaExecuteIds, 'boot loader version (Sierra)'), `${device}_${released.firmware}`],
		[codeIn(saharaExecuteIds, 'product model (Sierra)'), name],
		[codeIn(saharaExecuteIds, 'serial number (Sierra)'), 'REHEARSAL0000000'],
	]);

/** The versions of Sahara in HELLO: the field log of an RC7620. */
const spoken = { version: 2, 'version min': 1 };

/** Each side names its version and the oldest that it takes; the host's must lie in what both take. */
function versionRefusal({ fields }: SaharaPacket): string | undefined {
	const version = numberOf(fields, 'version');
	if (version < numberOf(fields, 'version min')) return 'INVALID_HOST_PROTOCOL';
	const isSpoken = version <= spoken.version && version >= spoken['version min'];
	return isSpoken ? undefined : 'PROTOCOL_MISMATCH';
}

/** Silence, seconds, that ends a burst of bytes; and that ends the wait for a packet's rest. */
const burstEnd = 0.1;
const restOfPacket = 1;

export type SaharaTraits = {
	readonly helloDue: boolean;
	readonly spoiled: boolean;
	readonly refusesFirehose: boolean;
	/** A HELLO_RSP that comes sooner after the opening of the port spoils it, seconds. */
	readonly helloNotBefore: number;
};

/** Speaks Sahara until the host asked for Firehose or for a reset. */
export async function speakSahara(
	pipe: Endpoint,
	{ helloDue, spoiled: startsSpoiled, refusesFirehose, helloNotBefore }: SaharaTraits,
	{ clock, log, model }: Pick<LoaderWorld, 'clock' | 'log' | 'model'>,
): Promise<'firehose' | 'reset'> {
	const answers = answersOf(model);
	let ready = false;
	let spoiled = startsSpoiled;
	let executing: number | undefined;
	const refuse = (status: string) => {
		log(`the loader refused: ${status}`);
		return pipe.write(encode(saharaMessages.endImage, { status: codeIn(saharaStatus, status) }));
	};
	const hello = async (mode: number) => {
		ready = false;
		await pipe.write(encode(saharaMessages.hello, { ...spoken, mode }));
		log(`the loader said HELLO, mode ${mode}`);
	};

	if (helloDue) await hello(spoiled ? memoryDebug : commandMode);
	for (;;) {
		const packet = await readPacket(pipe);
		const asked = (name: string) => numberOf(packet?.fields ?? [], name);
		const known = packet && isExpected(packet, ready) ? packet.message : undefined;
		switch (known) {
			case saharaMessages.reset:
				await pipe.write(encode(saharaMessages.resetResponse));
				return 'reset';
			case saharaMessages.helloResponse: {
				const refusal =
					versionRefusal(packet!) ?? (asked('mode') === commandMode ? undefined : 'INVALID_MODE');
				ready = refusal === undefined;
				if (clock.now() - pipe.openedAt < helloNotBefore) {
					spoiled = true;
					log('HELLO_RSP came too soon after the port was opened');
				}
				if (refusal) await refuse(refusal);
				else await pipe.write(encode(saharaMessages.commandReady));
				break;
			}
			case saharaMessages.switchMode:
				if (spoiled || asked('mode') !== commandMode) await refuse('INVALID_MODE_SWITCH');
				else await hello(commandMode);
				break;
			case saharaMessages.execute: {
				executing = asked('execute');
				const answer = answers.get(executing);
				const refused = spoiled || (refusesFirehose && executing === toFirehose);
				if (!answer || refused) await refuse('EXEC_CMD_UNSUPPORTED');
				else {
					const response = { execute: executing, 'answer length': answer.length };
					await pipe.write(encode(saharaMessages.executeResponse, response));
				}
				break;
			}
			case saharaMessages.executeData:
				if (spoiled || asked('execute') !== executing || !answers.has(executing)) {
					await refuse('EXEC_DATA_INVALID');
					break;
				}
				await pipe.write(Buffer.from(answers.get(executing)!));
				if (executing === toFirehose) return 'firehose';
				break;
			default:
				spoiled = true;
				log('the loader got bytes that it did not expect');
				await hello(memoryDebug);
		}
	}
}

const anyTime: readonly Message[] = [
	saharaMessages.reset,
	saharaMessages.helloResponse,
	saharaMessages.switchMode,
];
const onceReady: readonly Message[] = [saharaMessages.execute, saharaMessages.executeData];
const isExpected = ({ message }: SaharaPacket, ready: boolean) =>
	anyTime.includes(message) || (ready && onceReady.includes(message));

/** One packet, however the host cut it; undefined for bytes that are none. */
export async function readPacket(pipe: Endpoint): Promise<SaharaPacket | undefined> {
	let bytes = (await pipe.read())!;
	for (;;) {
		const found = readSahara(bytes);
		if (!found) {
			while (await pipe.read(burstEnd));
			return undefined;
		}
		if (!('need' in found)) {
			pipe.unread(bytes.subarray(found.length));
			return found;
		}
		const more = await pipe.read(restOfPacket);
		if (!more) return undefined;
		bytes = Buffer.concat([bytes, more]);
	}
}
