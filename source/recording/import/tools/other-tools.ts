/** Tools whose remarks are kept as they are. */
import { remarksOf } from './noted.ts';

/** mmcli -m, -M and -J, -L; ModemManager’s words about a modem. */
export const mmcli = remarksOf(
	'mmcli, qmicli',
	[
		/^\/org\/freedesktop\/ModemManager1\/|^\([+-]\) \/org\/freedesktop\/ModemManager1\//,
		/\| +(?:dbus )?path: +\/org\/freedesktop\/ModemManager1\//,
		/^\{ *"modem" *:/,
		/^No modems were found/,
		/^\[\/dev\/(?:cdc-wdm|wwan)\w*\] /,
		/\bQMI protocol error \(\d+\)/,
		/\bModemManager\[\d+\]: (?!.*(?:-->|<--) ')/,
		/^(?:General|Hardware|System|Status|Modes|Bands|3GPP|SIM|IP|Numbers|Bearer) +\| /,
		/^modem\.(?:generic|3gpp|dbus-path|cdma)[\w.-]*/,
	],
	[/^(?:[\w ]+)?\| +[\w ./-]+: /, /^-{10,}$/, /^[ |]{4,}/, /^\|$/],
);

/** linux-msm/qdl. */
export const qdl = remarksOf(
	'qdl',
	[
		/^(?:qdl|QDL) version|^qdl: |^USB: using out-chunk-size/i,
		/^Waiting for EDL device/,
		/^(?:SAHARA|Sahara): ?(?:HELLO|READ|END|DONE|reset)/,
		/^(?:HELLO|READ|END OF IMAGE|DONE) (?:version|image|status):? ?0?x?/,
		/^FIREHOSE (?:WRITE|READ|RESET|NAK|ACK)/,
		/^(?:LOG|INFO): "?INFO: /,
		/^(?:flashed|failed to (?:flash|open|write|configure)) "[\w.-]+"/,
	],
	[
		/^\/dev\/bus\/usb\/|^(?:LOG|INFO|ERROR|waiting|Successfully|unable|partition|no response|request to)/i,
	],
);

/** Qualcomm’s fh_loader and QSaharaServer, with their port traces. */
export const fhLoader = remarksOf(
	'fh_loader, QSaharaServer',
	[
		/^Base Version: \d\d\.\d\d\./,
		/^\d\d:\d\d:\d\d: (?:INFO|DEBUG|ERROR|WARNING|CHANNEL)/,
		/^(?:INFO|DEBUG|WARNING|ERROR): .*(?:TARGET SAID|function: sahara_rx_data|Sahara|CharsInBuffer|Firehose)/i,
		/\{ERROR: /,
	],
	[/^_{3,}|^(?:Base Version|Binary build date|Build command|Incremental|Got|Writing|Sending)/],
);

/** The boot loader’s own words on the UART (SBL1, XBL, PBL, little kernel). */
export const bootUart = remarksOf(
	'the boot log of a modem’s UART (SBL, XBL, LK)',
	[
		/^Format: Log Type - Time\(microsec\)/,
		/^(?:B|D|S) - +\d+ - /,
		/^\[\d{1,6}\] (?:welcome to lk|SDHCI|platform_init|target_init|aboot|booting|LK )/i,
		/^Log Type: B - Since Boot|^S - (?:QC_IMAGE_VERSION|IMAGE_VARIANT|Core|Boot)/,
	],
	[/^\[\d{1,6}\] /],
);
