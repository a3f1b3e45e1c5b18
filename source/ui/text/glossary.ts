/** The words of the screens, for `?` and for docs/glossary.md. */
import { certaintyText } from '../../diagnosis/about-rules.ts';

const certainties = Object.entries(certaintyText)
	.map(([word, text]) => `${word}: ${text}`)
	.join('; ');

export const glossary: readonly (readonly [term: string, means: string])[] = [
	[
		'application',
		'The normal firmware of the modem: several USB interfaces, AT commands, network.',
	],
	['interface', 'One function of a USB device. An application has several; a loader has one.'],
	['AT port', 'The serial port of the application that takes AT commands, as ATI.'],
	['tty', 'A serial port that a kernel driver makes of an interface, as /dev/ttyUSB0.'],
	['endpoints', 'The ends of an interface on USB. The flash may use them without a driver.'],
	[
		'loader',
		'The boot loader: it runs before the application and takes new firmware. One USB interface.',
	],
	['boot loop', 'The application starts, resets after seconds, and starts again.'],
	[
		'boot and hold',
		'AT!BOOTHOLD: the modem resets and stays in its loader until it is flashed or power-cycled.',
	],
	['window', 'The seconds of a boot loop in which the AT port answers.'],
	['armed action', 'A command, a script or a flash that runs by itself in the next window.'],
	['fired', 'The armed action was sent.'],
	[
		'HELLO',
		'The first message of a Sahara loader. The loader sends it once, when its port appears.',
	],
	['Sahara', 'The first protocol of a Qualcomm loader. Sierra loaders change from it to Firehose.'],
	['Firehose', 'The protocol that writes firmware: XML messages, then raw sectors.'],
	['ACK, NAK', 'Yes and no of a Firehose loader.'],
	['QDL', 'The older download protocol: Gobi modems and Sierra modems up to the MC74 and EM74.'],
	['EDL', 'The emergency loader of the chip (05c6:9008). It takes only a signed programmer.'],
	['programmer', 'A program of the maker that EDL loads; it then writes the flash memory.'],
	['memory dump', 'The modem crashed and offers its memory, until a reset.'],
	[
		'commit',
		'The loader checks the received file and writes its flash memory. It sends nothing until it is done.',
	],
	['SPK, CWE, NVU', 'Firmware files of Sierra: images with a version and a CRC in each header.'],
	['CRC', 'A checksum: where it is right, the bytes are those that were written.'],
	['PRI', 'The carrier settings of a Sierra modem. Firmware and PRI have to match.'],
	[
		'TP1',
		'A test point on the board: held low at power-on, the modem stays in its loader (RC76, WP76, WP77).',
	],
	[
		'simulated modem',
		'A modem in software, to practise on: modemscope --demo. Nothing real is touched.',
	],
	['finding', 'What a rule concludes from what was seen. docs/rules.md lists the rules.'],
	['certainty', `How sure a finding is. ${certainties}.`],
	['recording', 'A file with everything that was seen and done; it replays on the same screens.'],
	['mark', 'A note that a person leaves in the recording (m).'],
	['override', 'A person lets a flash start although a check of its plan refuses.'],
];
