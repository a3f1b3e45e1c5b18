import { rehearsalBytes } from '../../firmware/rehearsal/image.ts';
import { findScenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import {
	hasTold,
	leftLoader,
	lostLoader,
	refusals,
	type Seen,
	spoilings,
	toldOf,
} from '../bench/seen.ts';

const sector = 4096;

export const firehose: Lesson = {
	name: 'firehose',
	title: 'From HELLO to Firehose',
	prepare: (draw) => {
		const firmware = rehearsalBytes(draw.number(2000, 6000));
		const sectors = Math.ceil(firmware.length / sector);
		const payload = draw.one([16_384, 32_768, 65_536]);
		const port = `ttyUSB${draw.number(0, 7)}`;
		const size = firmware.length;
		return {
			firstNode: Number(port.slice(6)),
			firmware,
			text: [
				'EXECUTE 0xff00 and EXECUTE_DATA make a Sierra loader speak Firehose: XML that it answers with ACK, yes, or NAK, no; then raw sectors. A NAK to configure names the payload, bytes in one piece, that it supports: ask again for that.',
				'xml configure MemoryName=NAND MaxPayloadSizeToTargetInBytes=N',
				'xml program SECTOR_SIZE_IN_BYTES=4096 num_partition_sectors=N',
				`sectors N   sends them; the file has ${size} bytes. 10 s of silence follow.`,
				'xml power value=reset   restarts the modem',
			],
			modems: [{ ...findScenario('loader'), commitSeconds: 10 }],
			tasks: [
				{
					says: `Open ${port}, answer its HELLO, and switch it to Firehose.`,
					done: (seen) => hasTold(seen, 'the loader speaks Firehose'),
					wrong: spoilings,
					blocked: lostLoader,
					hint: 'words 2 48 2 1 0 3 0*6, then words 13 12 0xff00, then words 15 12 0xff00.',
					best: [
						`open ${port}`,
						'wait 3',
						'words 2 48 2 1 0 3 0*6',
						'wait 1',
						'words 13 12 0xff00',
						'wait 1',
						'words 15 12 0xff00',
					],
				},
				{
					says: `Configure it: ask for a payload of ${payload}, then for what it supports.`,
					done: (seen) => {
						const nak = seen.frames.findIndex(isNak);
						return nak >= 0 && seen.frames.slice(nak).some(isAck);
					},
					blocked: leftLoader,
					wrong: (seen) =>
						seen.frames.some(isNak) || !seen.frames.some(isAck)
							? refusals(seen)
							: [`It took that at once. Ask for ${payload} first, to see its NAK.`],
					hint: `Ask for ${payload}. The NAK says MaxPayload=8192: ask again, for 8192.`,
					best: [
						`xml configure MemoryName=NAND MaxPayloadSizeToTargetInBytes=${payload}`,
						'wait 1',
						'xml configure MemoryName=NAND MaxPayloadSizeToTargetInBytes=8192',
					],
				},
				{
					says: 'Write the file: program, then its sectors, then wait for ACK or NAK.',
					done: (seen) => hasTold(seen, 'the image is accepted'),
					blocked: leftLoader,
					wrong: (seen) => [
						...refusals(seen),
						...toldOf(seen, 'the image begins: ')
							.filter(({ does }) => !does.includes(`: ${sectors} sectors`))
							.map(
								() =>
									`You announced another number of sectors than the file has. Send those; after the NAK, announce again.`,
							),
					],
					hint: `${size} divided by ${sector}, rounded up, is ${sectors}.`,
					best: [
						`xml program SECTOR_SIZE_IN_BYTES=4096 num_partition_sectors=${sectors}`,
						'wait 1',
						`sectors ${sectors}`,
						'wait 12',
					],
				},
				{
					says: 'Reset it, and see its application come.',
					done: ({ changes }) => (changes.at(-1)?.ports ?? 0) > 1,
					wrong: (seen) => [
						...refusals(seen),
						...seen.acts
							.filter(({ verb }) => verb === 'power')
							.map(() => 'That took the power away. Use xml power.'),
					],
					hint: 'xml power value=reset, then wait 20.',
					best: ['xml power value=reset', 'wait 20'],
				},
			],
		};
	},
};

type Frame = Seen['frames'][number];
const says = ({ dir, bytes }: Frame, word: string) =>
	dir === 'in' && Buffer.from(bytes).includes(`<response value="${word}"`);
const isNak = (frame: Frame) => says(frame, 'NAK');
const isAck = (frame: Frame) => says(frame, 'ACK');
