/** Tells what a modem says by itself from what it answers. */
import { commandsIn } from './line.ts';

/**
 * Result codes that come unsolicited: 3GPP TS 27.007 (CREG to CGEV), 27.005 (CMTI to CDS), V.250 (RING),
 * Sierra's WIND, Telit's and Quectel's own.
 */
const names =
	/^(\+(?:CREG|CGREG|CEREG|C5GREG|CRING|CLIP|CCWA|CUSD|CSSI|CSSU|CMTI|CMT|CBM|CDSI|CDS|CTZV|CTZE|CTZDST|CIEV|CGEV|CALV|CMWT|WIND|KSUP|PBREADY|CPIN|CFUN|QIND|QUSIM|QCSQ|QNWINFO|SIM|STIN|PACSP\d*)|\^(?:RSSI|HCSQ|MODE|SIMST|SRVST|BOOT|DSFLOWRPT|NDISSTAT|SYSSTART)|#(?:ECAM|QSS)|\*(?:PSUTTZ|EUICC)|!(?:EVENT|USBSUSPEND))\b *:/i;
const words =
	/^(?:RING|RDY|SMS READY|CALL READY|SMS DONE|PB DONE|NORMAL POWER DOWN|POWERED DOWN|\^SYSSTART.*|\+CRING|\+PBREADY)$/i;
/** NMEA 0183: a modem whose GPS speaks on the AT port. */
const nmea = /^\$(?:G[ABLNPQ]|P)[A-Z]{3}[^,]*,/;
/** What is followed by a line of text: a message, a broadcast, a report (27.005, 3.4.1). */
const withText = /^\+(?:CMT|CBM|CDS) *:/i;

/** True when this line of text follows one of those. */
export const bringsText = (line: string): boolean => withText.test(line);

/** True for a line that is no answer to `command`: a known result code that it does not ask for. */
export function isUnsolicited(line: string, command: string): boolean {
	if (words.test(line) || nmea.test(line)) return true;
	const name = names.exec(line)?.[1]?.toUpperCase();
	if (name === undefined) return false;
	return !commandsIn(command).some((asked) => {
		const rest = asked.startsWith(`AT${name}`) ? asked.slice(2 + name.length) : undefined;
		return rest !== undefined && !/^\w/.test(rest);
	});
}
