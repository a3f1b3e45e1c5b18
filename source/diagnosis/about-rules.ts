/** What each rule sees and advises, for docs/rules.md; a test holds that every rule is here. */
import type { Finding } from './evidence/rule.ts';

export type AboutRule = {
	/** The symptom, as a person sees it. */
	readonly sees: string;
	readonly means: string;
	readonly advises: string;
	/** How sure its findings are. */
	readonly certainty: readonly Finding['certainty'][];
};

export const aboutRules: Readonly<Record<string, AboutRule>> = {
	'missed-hello': {
		sees: 'The loader answers a probe or an AT command with HELLO, mode 2.',
		means: 'The loader speaks Sahara, and its HELLO was missed. The modem did not crash.',
		advises: 'Power-cycle the modem or catch it again; open the port first and listen.',
		certainty: ['proven', 'likely'],
	},
	'crash-dump': {
		sees: 'The loader sends HELLO, mode 2, and nothing was sent to it.',
		means: 'The modem crashed and offers its memory.',
		advises: 'Take the dump if the maker wants it; then reset, and set AT!EROPTION=1.',
		certainty: ['likely'],
	},
	'diag-not-loader': {
		sees: 'The port answers the SDP probe with 0x13.',
		means: 'It is a DIAG port: the application runs, not the loader.',
		advises: 'Bring the modem into its loader, then flash it.',
		certainty: ['proven'],
	},
	'refused-firehose': {
		sees: 'The loader answers EXECUTE 0xff00 with END_IMAGE_TX, status 0x1f.',
		means: 'Something was sent to the loader before its HELLO was answered.',
		advises: 'Reset the loader, keep other programs off the port, and flash again.',
		certainty: ['proven'],
	},
	edl: {
		sees: 'The modem comes as 05c6:9008, or calls itself QUSB__BULK.',
		means: 'The chip’s own emergency loader runs: it found no usable boot loader.',
		advises: 'Power-cycle it once; otherwise a signed programmer or the maker is needed.',
		certainty: ['proven'],
	},
	'memory-dump': {
		sees: 'The modem comes as 05c6:900e.',
		means: 'The modem crashed and waits for its memory to be read.',
		advises: 'Take the dump if the maker wants it; then power-cycle it.',
		certainty: ['proven'],
	},
	'boot-loop': {
		sees: 'The application comes and goes again within seconds, twice in a row or more.',
		means: 'The modem resets soon after its start. Usual causes: a broken update, a weak supply.',
		advises: 'Hold it in its boot loader and flash it; look at the power supply.',
		certainty: ['likely'],
	},
	'loop-ended': {
		sees: 'After a boot loop the application stays up.',
		means: 'The loop stopped. What caused it is not mended by that.',
		advises: 'Read its version and reset counter; if it loops again, flash it.',
		certainty: ['likely'],
	},
	'loader-held': {
		sees: 'The modem has one interface, and it stays; or a log ends with its loader.',
		means: 'The boot loader waits for a download.',
		advises: 'Flash it, or leave the loader: modemscope leave.',
		certainty: ['proven', 'likely', 'possible'],
	},
	'no-driver': {
		sees: 'The modem is on USB, and the kernel binds no driver to it.',
		means: 'This kernel does not know its product id, or the driver is not loaded.',
		advises: 'Load qcserial and qmi_wwan, or give them the id with new_id.',
		certainty: ['proven'],
	},
	'missing-node': {
		sees: 'The driver made a port, and /dev has no node for it.',
		means: 'No udev or mdev rule makes the node.',
		advises: 'Run mdev -s or udevadm trigger, or make the node by hand.',
		certainty: ['proven'],
	},
	'mbim-only': {
		sees: 'The modem has an MBIM interface and no serial port.',
		means: 'Its USB composition leaves out DIAG, NMEA and AT.',
		advises: 'Change the composition, or update it through cdc-wdm.',
		certainty: ['proven'],
	},
	'at-unbound': {
		sees: 'The application runs, and the kernel binds no driver to its AT port.',
		means: 'This kernel does not know the AT port of this product id or composition.',
		advises: 'Give the driver the id with new_id, or use another composition.',
		certainty: ['proven'],
	},
	autosuspend: {
		sees: 'power/control of the modem is auto.',
		means: 'The kernel may suspend it: reads may stall, a port may hang up.',
		advises: 'Write on to power/control, and find what turned it to auto.',
		certainty: ['possible'],
	},
	'sparse-interfaces': {
		sees: 'The kernel log says: invalid interface number.',
		means: 'Sierra modems leave out interface numbers. Nothing is wrong.',
		advises: 'Ignore the line.',
		certainty: ['proven'],
	},
	'no-storage-mode': {
		sees: 'usb_modeswitch was run on a Sierra modem.',
		means: 'It switches sticks that show themselves as a disk; this modem is none.',
		advises: 'Leave it alone; see whether the boot loader holds.',
		certainty: ['likely'],
	},
	'qmi-hangup': {
		sees: 'A log says: open QMI device: endpoint hangup.',
		means: 'The modem reset while its QMI port was being opened.',
		advises: 'Watch it; in a boot loop, hold it in the boot loader and flash its tty.',
		certainty: ['likely'],
	},
	'online-wait': {
		sees: 'litefw says that the download succeeded, and waits for ONLINE mode.',
		means: 'It waits for a device of another driver. The firmware is in the modem.',
		advises: 'End litefw, power-cycle the modem, and check its version.',
		certainty: ['proven'],
	},
	zeros: {
		sees: 'An AT port answers with zero bytes only.',
		means: 'The boot loader answers, and it knows no AT commands.',
		advises: 'Power-cycle the modem before the flash.',
		certainty: ['likely'],
	},
	'flash-failed': {
		sees: 'A flash ended during the write.',
		means: 'The modem needs another flash.',
		advises: 'Leave it powered, and flash the same file again.',
		certainty: ['proven'],
	},
	'flash-done': {
		sees: 'A flash ended, and the modem came back and stayed.',
		means: 'The modem runs the new firmware.',
		advises: 'Read its PRI and carrier; keep the recording.',
		certainty: ['proven'],
	},
	'low-power': {
		sees: 'AT!PCINFO? or AT!IMPREF? names a reason for low power.',
		means: 'The modem runs with its radio off: a mismatch of firmware and PRI, a pin, a person.',
		advises: 'Set the stored pair with AT!IMPREF, or take away what asks for low power.',
		certainty: ['proven'],
	},
	'crash-action': {
		sees: 'AT!EROPTION is 0.',
		means: 'A crash would leave this modem offline, waiting for a memory dump.',
		advises: 'Set AT!EROPTION=1, unless you want the dump.',
		certainty: ['proven'],
	},
	'crashed-before': {
		sees: 'AT!GCDUMP or AT!ERR has crash data, or the reset counter is high soon after a start.',
		means: 'The application crashed before, or the modem was in a boot loop.',
		advises: 'Keep the recording for the maker; watch whether the modem stays.',
		certainty: ['proven', 'possible'],
	},
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
	'no-modem-port': {
		sees: 'AT!USBCOMP? shows a composition without MODEM.',
		means: 'After the next reset the modem has no AT port.',
		advises: 'Set a composition with MODEM before the next reset.',
		certainty: ['proven'],
	},
};

/** What the certainty of a finding means. */
export const certaintyText: Readonly<Record<Finding['certainty'], string>> = {
	proven: 'the modem, the kernel or a log says it in so many words',
	likely: 'nothing else that is known looks like this',
	possible: 'other causes look the same',
};
