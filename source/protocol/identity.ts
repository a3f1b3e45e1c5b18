/** IMEI, IMSI and ICCID are 14 to 20 digits; the first six tell the maker or the network. */
const longNumber = /(?<![\da-z])(\d{6})(\d{8,14})(?![\da-z])/gi;
/** What stands behind the name of a serial number. */
const serial = /\b((?:serial|sn|fsn|esn|meid|imei|imsi|iccid)(?: ?number)?\W{1,4})([\da-z]{8,})/gi;

/** The text without what tells one modem or one person from all others. */
export const hideIdentity = (text: string): string =>
	text
		.replace(serial, (_, name: string, value: string) => name + hidden(value))
		.replace(longNumber, (_, kept: string, rest: string) => kept + '*'.repeat(rest.length));

const hidden = (value: string) => value.slice(0, 2) + '*'.repeat(value.length - 2);
