/** What each rule sees and advises, for docs/rules.md; a test holds that every rule is here. */
import { type AboutRule, aboutLogRules } from './about-log-rules.ts';
import type { Finding } from './evidence/rule.ts';

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
		means:
			'Something was sent to the loader before its HELLO was answered, or that within 2 s of the opening of the port.',
		advises: 'Reset the loader, keep other programs off the port, and flash again.',
		certainty: ['likely'],
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
		certainty: ['proven', 'possible'],
	},
	'missing-node': {
		sees: 'The driver made a port, and /dev has no node for it.',
		means: 'No udev or mdev rule makes the node.',
		advises: 'Run mdev -s or udevadm trigger, or make the node by hand.',
		certainty: ['proven', 'possible'],
	},
	'mbim-only': {
		sees: 'The modem has an MBIM interface and no serial port.',
		means: 'Its USB composition leaves out DIAG, NMEA and AT.',
		advises: 'Change the composition, or update it through cdc-wdm.',
		certainty: ['proven', 'possible'],
	},
	'at-unbound': {
		sees: 'The application runs, and the kernel binds no driver to its AT port.',
		means: 'This kernel does not know the AT port of this product id or composition.',
		advises: 'Give the driver the id with new_id, or use another composition.',
		certainty: ['proven', 'possible'],
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
	'no-modem-port': {
		sees: 'AT!USBCOMP? shows a composition without MODEM.',
		means: 'After the next reset the modem has no AT port.',
		advises: 'Set a composition with MODEM before the next reset.',
		certainty: ['proven'],
	},
	...aboutLogRules,
};

/** What the certainty of a finding means. */
export const certaintyText: Readonly<Record<Finding['certainty'], string>> = {
	proven: 'the modem, the kernel or a log says it in so many words',
	likely: 'nothing else that is known looks like this',
	possible: 'other causes look the same',
};
