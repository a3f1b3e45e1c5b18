import { firmwareBytes } from '../../firmware/rehearsal/pair.ts';
import { frame } from '../../protocol/framing/hdlc.ts';
import { findScenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import { hasTold, leftLoader, refusals, type Seen, toldOf } from '../bench/seen.ts';

export const qdl: Lesson = {
	name: 'qdl',
	title: 'QDL',
	prepare: (draw) => {
		const version = draw.number(4, 6);
		const port = `ttyUSB${draw.number(0, 7)}`;
		const length = draw.number(700, 3000);
		const broken = brokenFrame(draw.number(1, 0xfe));
		const loader = findScenario('loader-qdl');
		return {
			firstNode: Number(port.slice(6)),
			firmware: firmwareBytes((usual) => Math.min(usual, length)),
			shows: 'hex',
			text: [
				'Older loaders speak QDL. A message is an HDLC frame: 7e, the bytes, their CRC-16 low byte first, 7e. A 7e or 7d inside becomes 7d and the byte xor 20. "frame" sends bytes with all that, "crc" computes the CRC, "send" sends just what you type. HELLO is 01 "QCOM high speed protocol hst" 0*4 V V 30; V is a version, 04, 05 or 06. A loader takes one of them. Then ufopen announces the image, ufwrite sends it, ufclose ends it. The loader answers ufwrite when all is written.',
			],
			modems: [{ ...loader, qdl: { ...loader.qdl, versions: [version] }, commitSeconds: 8 }],
			tasks: [
				{
					says: `Open ${port}. Try HELLO with each version, until it takes one.`,
					done: (seen) => hasTold(seen, `the loader speaks QDL, version ${version}`),
					blocked: leftLoader,
					wrong: (seen) =>
						toldOf(seen, 'refused')
							.filter(({ does }) => !isVersionTried(does))
							.map(({ does }) => `${does}.`),
					hint: 'frame 01 "QCOM high speed protocol hst" 0*4 06 06 30, then with 05 05, then 04 04.',
					best: [
						`open ${port}`,
						`frame 01 "QCOM high speed protocol hst" 0*4 0${version} 0${version} 30`,
					],
				},
				{
					says: `One byte of this frame is wrong: ${broken.shown}. Send it mended, with send.`,
					done: (seen) => outFrames(seen).some((bytes) => bytes.equals(broken.whole)),
					blocked: leftLoader,
					wrong: (seen) =>
						outFrames(seen)
							.filter((bytes) => !bytes.equals(broken.whole))
							.map((bytes) => `${bytes.subarray(0, 8).toString('hex')} is not that frame.`),
					hint: 'The message is 2e, GET_IMAGE_PREF. crc 2e computes the two bytes after it.',
					best: ['crc 2e', `send ${broken.whole.toString('hex')}`],
				},
				{
					says: 'Send the image: ufopen, ufwrite, and ufclose when it is written.',
					done: (seen) =>
						hasTold(seen, 'the image is accepted') &&
						seen.frames.some(({ name }) => name === 'UFCLOSE_RSP'),
					blocked: leftLoader,
					wrong: (seen) => [
						...refusals(seen),
						...toldOf(seen, 'the image begins')
							.slice(1)
							.map(() => 'It was opened twice.'),
					],
					hint: 'ufopen, ufwrite, wait 10 for the answer, ufclose.',
					best: ['ufopen', 'wait 1', 'ufwrite', 'wait 12', 'ufclose'],
				},
			],
		};
	},
};

/** A refused version is part of the trying. */
const isVersionTried = (does: string) => !/CRC|sequence|state|command/i.test(does);

const outFrames = ({ frames }: Seen) =>
	frames.filter(({ dir }) => dir === 'out').map(({ bytes }) => Buffer.from(bytes));

/** GET_IMAGE_PREF with one bit or more of its CRC turned. */
function brokenFrame(turned: number) {
	const whole = frame(Buffer.from([0x2e]));
	const bad = Buffer.from(whole);
	const wrong = bad[2]! ^ turned;
	// Not a flag: it would be another frame.
	bad[2] = wrong === 0x7e || wrong === 0x7d ? wrong ^ 1 : wrong;
	return { whole, shown: bad.toString('hex') };
}
