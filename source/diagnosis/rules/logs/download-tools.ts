/** What other tools say last, and what to make of it. The words are those of the tools. */
import { wayIn } from '../../../modems/ways-in.ts';
import { phrase } from '../../evidence/phrase.ts';
import { productAt } from '../../evidence/product-at.ts';
import { on, type Rule } from '../../evidence/rule.ts';
import { onWords } from './on-words.ts';

/** qmi-firmware-update without -v: what it would have shown is not there. */
export function unsupportedProtocol(): Rule {
	let isVerbose = false;
	return on(['note'], (moment) => {
		const { text } = moment.event;
		if (/^\[Debug\] \[qfu/.test(text)) isVerbose = true;
		if (isVerbose || !/unsupported download protocol/.test(text)) return undefined;
		return {
			title: 'qmi-firmware-update found no download protocol that it knows',
			means:
				'The modem is back after the reset, and nothing that the tool speaks is answered. It is not in its loader (the same pair is stored already), the tool is too old for it (EM75 needs libqmi 1.24, EM91 and EM92 1.30.4), or the loader’s HELLO was missed.',
			next: [
				'See which it is: lsusb. Several interfaces or the application’s id: it is not in the loader; use --override-download.',
				`One interface, the loader’s id: ${wayIn(productAt(moment))}, and run modemscope flash, which listens before it sends.`,
				'Look at qmi-firmware-update --version, and run it again with -v.',
			],
			certainty: 'possible',
			reference: 'libqmi qfu-updater.c; Sierra forum 17723; libqmi issue 119',
		};
	});
}

const stalls = phrase(/timed out waiting to write|couldn.?t (?:send|write) transfer block/i);
export const writeStalls = onWords((text) =>
	stalls(text)
		? {
				title: 'The write stalled: USB carried no more bytes to the loader',
				means:
					'The loader answered, and then took nothing. That is the path to it: USB 3 to some loaders, a cable, a hub, an adapter’s supply.',
				next: [
					'Use a USB 2 port, or a USB 2 cable or hub in between.',
					'Power-cycle the modem, and flash it again: modemscope flash FILE.',
					'In a virtual machine: flash it from the host itself.',
				],
				certainty: 'likely',
				reference: 'libqmi qfu-qdl-device.c; Sierra forum 23268, 35847',
			}
		: undefined,
);

/** Where the log has neither bytes nor the words before it. */
export function speaksNoQdl(): Rule {
	let heard = false;
	return on(['bytes', 'note'], ({ event }) => {
		if (event.type === 'bytes') heard = true;
		if (event.type !== 'note') return undefined;
		const { text } = event;
		if (/no sahara response received|^\[Debug\]/.test(text)) heard = true;
		if (heard || !/HDLC trailing control character not found/.test(text)) return undefined;
		return {
			title: 'The port answers, and not in QDL',
			means:
				'What came was no HDLC frame. With one interface it is a loader that speaks Sahara, whose HELLO was missed; with several it is a port of the application.',
			next: [
				'See how many interfaces there are: lsusb -t.',
				'One: power-cycle the modem, keep other programs off its port, and run modemscope flash, which listens first.',
				'Several: bring it into its loader first.',
			],
			certainty: 'likely',
			reference: 'libqmi-devel 2018-March/002779; Sierra forum 19043',
		};
	});
}

export const loaderSilent = onWords((text, moment) =>
	/error creating device: timed out waiting for the response/.test(text)
		? {
				title: 'The port does not answer the download probe',
				means:
					'Nothing came back on the port that was taken for the loader’s: its HELLO was missed, it is no loader, or the modem is gone again (in a virtual machine, not passed through).',
				next: [
					'See what is there now, and with how many interfaces: lsusb -t.',
					`If it is the loader: ${wayIn(productAt(moment))}, and run modemscope flash, which listens first.`,
					'In a virtual machine: pass both of its ids through, or flash it from the host.',
				],
				certainty: 'possible',
				reference: 'libqmi-devel 002584; danielewood issue 52',
			}
		: undefined,
);

const noTty = phrase(/error waiting for TTY|waiting for device at .* timed out/);
export const ttyNeverCame = onWords((text) =>
	noTty(text)
		? {
				title: 'The loader’s port never came where the tool looked for it',
				means:
					'After the reset the modem came back elsewhere (the other bus of a USB 3 socket, outside a virtual machine), came back as the application, or no driver took its port.',
				next: [
					'Look where it is now: lsusb, lsusb -t, dmesg.',
					'In a virtual machine: pass both of its ids through, the loader’s too.',
					'modemscope flash follows a modem over both buses of its socket.',
				],
				certainty: 'likely',
				reference: 'libqmi issues 52, 76; Sierra forum 9153',
			}
		: undefined,
);

/** What Sierra's tools number: sierra SDK fwdwl, litefw.h. */
const codes: Readonly<Record<number, readonly [means: string, next: string]>> = {
	100: [
		'a general failure of the download',
		'Power-cycle the modem and try again; read the lines above it.',
	],
	101: ['the SDK failed', 'Read the system’s log (syslog) for the SDK’s own code.'],
	105: [
		'the version after the download is not the one that was sent',
		'Read AT!IMAGE? and AT!IMPREF?.',
	],
	107: ['no firmware in that folder', 'Give it the folder with one .cwe and its .nvu.'],
	108: [
		'the download took too long',
		'Power-cycle the modem and try again on a USB 2 port; look at its supply.',
	],
	112: ['the loader did not answer in time', 'Power-cycle the modem and try again.'],
	114: [
		'the loader said something else than Sahara expects',
		'Power-cycle the modem, and keep other programs off its port.',
	],
	115: [
		'there is nothing to download: the same is stored already',
		'Nothing need be done, or force it with -i.',
	],
	116: [
		'the data could not be sent',
		'Use a USB 2 port and another cable, and look at the supply.',
	],
	117: [
		'tool and loader are out of step',
		'Power-cycle the modem, stop ModemManager, and begin again.',
	],
	118: ['the file has no SPKG header', 'Check the file: modemscope inspect FILE.'],
	120: [
		'Firehose did not answer the last step in time',
		'Flash it with modemscope: it fills the last block up, where usb_wwan sends no empty packet behind it (Sierra’s driver README). Look at the supply too.',
	],
	121: ['the loader itself reports an error', 'Read which: the line with its error code.'],
	122: [
		'the loader is silent: no Sahara HELLO',
		'Power-cycle the modem, as the tool says, and start the download at once: HELLO comes once.',
	],
};
const failed =
	/eSDP_FWDWL_\w+ ?\((\d+)\)|litefw_DownloadFW failed: (\d+)|^FW download failed:? .*?\(?(\d{3})\)?/i;
const hasFailed = phrase(failed);
const hasReturned = phrase(/Device returned error/i);

export function fwdwlFailed(): Rule {
	let isExplained = false;
	return onWords((text) => {
		// The loader's own error says more than that there was one.
		if (hasReturned(text)) isExplained = true;
		if (!hasFailed(text)) return undefined;
		const code = Number(failed.exec(text)?.slice(1).find(Boolean));
		const [means, next] = codes[code] ?? [];
		if (means === undefined || (code === reported && isExplained)) return undefined;
		return {
			title: `fwdwl failed with ${code}: ${means}`,
			means: 'The download did not end. What the modem holds now is as far as it came.',
			next: [
				next!,
				'See which state the modem is in: lsusb, or modemscope watch --list.',
				'Flash it again: modemscope flash FILE shows every frame, and says where it stops.',
			],
			certainty: 'likely',
			reference: 'Sierra SDK, litefw.h; Sierra forum 35847',
		};
	})();
}
/** The loader itself reports an error. */
const reported = 121;

/** FDT of Windows: its two codes, with its words. */
export const fdtFailed = (): Rule => {
	let primary: string | undefined;
	return onWords((text) => {
		const [, kind, code, words = ''] =
			/^(Primary|Secondary) error code: (\d+) ?-? ?(.*)$/.exec(text) ?? [];
		if (kind === 'Primary') primary = `${code}, ${words.replace(/\.$/, '')}`;
		if (kind !== 'Secondary' || primary === undefined) return undefined;
		const isUnbound = code === '5' || /adapter|port/i.test(words);
		return {
			title: `FDT failed with ${primary}`,
			means: `Behind it stands ${code}, ${words || 'without words'} ${isUnbound ? 'Windows has no driver bound to what the modem is now: after the reset it has the loader’s id, or its ports did not start (code 10).' : 'The download did not end.'}`,
			next: [
				'Look in the device manager which id it has now, and whether its driver is there.',
				'On Linux, see it with lsusb: one interface is the loader, and it can be flashed from there.',
				'Use a USB 2 port of the machine itself, and run it again.',
			],
			certainty: 'possible',
			reference: 'wirelessjoint thread 55; Sierra forum 10480',
		};
	})();
};

const noHold = phrase(/not coming up in BOOT and HOLD mode/i);
export const noBootHold = onWords((text, moment) =>
	noHold(text)
		? {
				title: 'The modem never showed its loader’s port',
				means:
					'The tool asked for the loader and waited a minute. The modem came back as the application, did not go at all, or its loader’s port has no driver.',
				next: [
					'Look at lsusb: is it back in the application? Then ask again, or use another way in.',
					`Another way in: ${wayIn(productAt(moment))}.`,
					'If lsusb shows the loader’s id and there is no ttyUSB, a driver is missing: modemscope doctor.',
				],
				certainty: 'likely',
				reference: 'Sierra forum 13010, page 2',
			}
		: undefined,
);

/** The name that macOS gives the file which it keeps beside another. */
const namesCompanion = phrase(/(?:^|[\s/])\._[^\s/]+\.(?:cwe|nvu|spk)\b/i);

export const appleDouble = onWords((text) =>
	namesCompanion(text)
		? {
				title: 'The tool sends macOS’s companion file, not firmware',
				means:
					'A name that begins with ._ is what macOS writes beside a file on another file system. It is no image, and the loader refuses it (0x80, invalid image type).',
				next: [
					'Delete them: find . -name "._*" -delete, in the folder of the firmware.',
					'Power-cycle the modem and run the tool again.',
				],
				certainty: 'proven',
				reference: 'RFC 1740 (AppleDouble); Sierra forum, fw-download-tool',
			}
		: undefined,
);

const isInvalidType = phrase(/Device returned error code: 0x80\b/i);
export function deviceError(): Rule {
	let isCompanion = false;
	return onWords((text) => {
		if (namesCompanion(text)) isCompanion = true;
		if (isCompanion || !isInvalidType(text)) return undefined;
		return {
			title: 'The loader refuses the image: 0x80, invalid image type',
			means: 'What was sent is no image for this modem, or no image at all.',
			next: [
				'Check the file: modemscope inspect FILE --model MODEL.',
				'Look for files that begin with ._ beside it.',
			],
			certainty: 'likely',
			reference: 'Sierra MBPL fw-download-tool',
		};
	})();
}

export const qfirehoseFailed = onWords((text) =>
	/^qfirehose\.c main \d+ fail|^Upgrade module (?:failed|.*fail)|^Sahara protocol error/i.test(text)
		? {
				title: 'QFirehose failed',
				means:
					'The modem stays in emergency download until it is power-cycled; what was written so far is in its flash.',
				next: [
					'Power-cycle the modem and look whether it is back as the application: lsusb.',
					'If it comes as 05c6:9008 again, run QFirehose again: it can be flashed from there.',
					'An unknown command 18 (0x12, READ_DATA64) wants a newer QFirehose.',
				],
				certainty: 'likely',
				reference: 'Quectel forum 51556, 41952',
			}
		: undefined,
);
