/** What the rules about pasted logs and answers see and advise; about-rules.ts has the others. */
import type { Finding } from './evidence/rule.ts';

export type AboutRule = {
	/** The symptom, as a person sees it. */
	readonly sees: string;
	readonly means: string;
	readonly advises: string;
	/** How sure its findings are. */
	readonly certainty: readonly Finding['certainty'][];
};

export const aboutLogRules: Readonly<Record<string, AboutRule>> = {
	'enumeration-fails': {
		sees: 'The kernel’s log says that a device does not answer: descriptor read, not accepting address.',
		means:
			'Something is plugged in, and the kernel cannot read what it is: supply, cable, or a dead module.',
		advises: 'Measure the supply; try another cable, adapter and port.',
		certainty: ['likely'],
	},
	'bad-supply': {
		sees: 'The kernel’s log says over-current or undervoltage.',
		means: 'The supply is too weak, and a modem resets when it dips.',
		advises: 'Give the modem a supply of its own.',
		certainty: ['likely'],
	},
	'loader-goes': {
		sees: 'The boot loader comes and goes again within seconds, twice in a row.',
		means: 'It does not hold in its loader: it resets there, or its power does.',
		advises: 'Look at its supply first, then at cable and port.',
		certainty: ['likely'],
	},
	'comes-and-goes': {
		sees: 'A log without times, or of comings only, shows a modem that comes again and again.',
		means: 'It may be a boot loop; the log does not tell enough.',
		advises: 'Get the whole log with its times, or watch the modem.',
		certainty: ['likely', 'possible'],
	},
	'regular-resets': {
		sees: 'Three uptimes in a row are equally long, and longer than a boot loop’s.',
		means: 'A timer may reset it: a watchdog of the modem, the host or a script.',
		advises: 'Look on the host for what resets it.',
		certainty: ['possible'],
	},
	'no-driver-line': {
		sees: 'A log names a modem, and no line of a driver follows.',
		means: 'This kernel does not know its product id, or the driver is not loaded.',
		advises: 'Load the drivers, or give them the id with new_id.',
		certainty: ['likely', 'possible'],
	},
	'no-network': {
		sees: 'A log shows drivers for its serial ports, and none for a network.',
		means: 'Its USB composition leaves the network out, or a driver is missing.',
		advises: 'Look at its interfaces; read its composition over AT.',
		certainty: ['possible'],
	},
	'apple-double': {
		sees: 'A tool sends a file whose name begins with ._.',
		means: 'It is macOS’s companion file, not firmware.',
		advises: 'Delete these files and run the tool again.',
		certainty: ['proven'],
	},
	'device-error': {
		sees: 'fw-download-tool says: error code 0x80.',
		means: 'The loader refuses the image: its type is not valid.',
		advises: 'Check the file with modemscope inspect.',
		certainty: ['likely'],
	},
	'fwdwl-failed': {
		sees: 'fwdwl, litefw or fw-download-tool ends with an error code.',
		means: 'The code says where the download stopped.',
		advises: 'Do what the code asks for, and flash again.',
		certainty: ['likely'],
	},
	'fdt-failed': {
		sees: 'FDT ends with a primary and a secondary error code.',
		means: 'The download did not end; often Windows has no driver for the loader.',
		advises: 'See which id the modem has now, and flash it from there.',
		certainty: ['possible'],
	},
	'no-boot-hold': {
		sees: 'A tool says: not coming up in BOOT and HOLD mode.',
		means: 'The modem never showed its loader’s port.',
		advises: 'See with lsusb where it is; use another way in.',
		certainty: ['likely'],
	},
	'unsupported-protocol': {
		sees: 'qmi-firmware-update without -v says: unsupported download protocol.',
		means: 'The modem is not in its loader, the tool is too old, or HELLO was missed.',
		advises: 'See with lsusb which; run it again with -v.',
		certainty: ['possible'],
	},
	'write-stalls': {
		sees: 'qmi-firmware-update says: timed out waiting to write.',
		means: 'USB carried no more bytes to the loader.',
		advises: 'Use a USB 2 port and another cable.',
		certainty: ['likely'],
	},
	'speaks-no-qdl': {
		sees: 'A log says only: HDLC trailing control character not found.',
		means: 'The port does not speak QDL.',
		advises: 'Count its interfaces; one is a Sahara loader whose HELLO was missed.',
		certainty: ['likely'],
	},
	'loader-silent': {
		sees: 'qmi-firmware-update says: timed out waiting for the response.',
		means: 'The port does not answer: HELLO was missed, or it is no loader’s.',
		advises: 'See what is there now; start its loader afresh and listen first.',
		certainty: ['possible'],
	},
	'tty-never-came': {
		sees: 'qmi-firmware-update says: error waiting for TTY.',
		means: 'The modem came back elsewhere, or no driver took its port.',
		advises: 'Look where it is; pass both ids through to a virtual machine.',
		certainty: ['likely'],
	},
	'qfirehose-failed': {
		sees: 'QFirehose says that it failed.',
		means: 'The modem stays in emergency download until a power cycle.',
		advises: 'Power-cycle it; run QFirehose again if it is still there.',
		certainty: ['likely'],
	},
	'nothing-stored': {
		sees: 'AT!IMAGE? shows empty slots only, or slot 255 as the active one.',
		means: 'No stored pair of firmware and settings is in use.',
		advises: 'Flash firmware and settings together.',
		certainty: ['proven', 'likely'],
	},
	'no-pri': {
		sees: 'AT!PRIID? answers Unknown.',
		means: 'The modem has no carrier settings.',
		advises: 'Flash firmware and settings together.',
		certainty: ['likely'],
	},
	'update-failed': {
		sees: 'AT!BCFWUPDATESTATUS? says that the last update failed.',
		means: 'The boot loader refused or lost a part of it.',
		advises: 'Check the file and flash it again.',
		certainty: ['proven'],
	},
	'radio-locked': {
		sees: 'ModemManager or qmicli says: invalid transition, or FCC.',
		means: 'The modem refuses to turn its radio on: its FCC lock.',
		advises: 'Have ModemManager unlock it, or unlock it with qmicli.',
		certainty: ['possible'],
	},
	'modem-failed': {
		sees: 'mmcli shows the state failed, with its reason.',
		means: 'ModemManager cannot use the modem, for that reason.',
		advises: 'Mend the reason; for sim-missing, the SIM and its slot.',
		certainty: ['proven'],
	},
	'boot-fails': {
		sees: 'The boot log of the UART names an error of the boot loader.',
		means: 'It cannot load what it should start: flash content is damaged.',
		advises: 'Bring it into its loader and flash it; otherwise the maker.',
		certainty: ['likely'],
	},
};
