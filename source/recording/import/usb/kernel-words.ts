/**
 * What the kernel says of USB. Source of the lines: Linux drivers/usb/core/hub.c and message.c,
 * serial/usb-serial.c, class/cdc-wdm.c, drivers/net/usb/usbnet.c.
 */

/** `usb 3-1: …`, `qcserial 3-1:1.0: …`, `qmi_wwan 3-1:1.8 wwan0: …`. */
export const spoken =
	/(?<![\w-])([A-Za-z][\w-]{1,24}) (\d{1,3}-\d{1,3}(?:\.\d{1,3}){0,7})(?::\d{1,3}\.(\d{1,3}))?(?: ([\w-]{1,32}))?: (.*)$/;
export const began =
	/new (low|full|high|super|Super)[ -]?[Ss]peed(?: Plus)?(?: Gen \S+)?(?: \S+ \S+)? USB device number (\d+)/;
export const found = /New USB device found, idVendor=([0-9a-f]{4}), idProduct=([0-9a-f]{4})/i;
export const strings = /^(Product|Manufacturer|SerialNumber): (.*)$/;
export const attached = /now attached to (tty\w+)/;
const wdm = /^(cdc-wdm\d+): USB WDM device/;
const acm = /^(tty\w+): USB ACM device/;
const network = /^(?:(\w+): )?register ['‘’"]/;
const renamed = /^renamed from (\w+)/;
export const gone = /USB disconnect, (?:device number|address) (\d+)/;
export const left = /^device disconnected|^(?:\w+: )?unregister ['‘’"]/;

export const megabits: Readonly<Record<string, number>> = {
	low: 1.5,
	full: 12,
	high: 480,
	super: 5000,
};
export const names = {
	Product: 'product',
	Manufacturer: 'manufacturer',
	SerialNumber: 'serial',
} as const;

/** A line of dmesg; of a journal or a syslog. A whole log says much before its first word of USB. */
export const printed =
	/^(?:[a-z0-9]{2,10} *:[a-z]{3,8} *: )?(?:<\d+>)?(?:\[ *[+<]? *\d+\.\d{6}[^\]]{0,40}\]|\[\S{2,12}\.? *\d{1,2} \d\d:\d\d\] |\[\S{1,12} +\S{2,12} +\d{1,2} \d\d:\d\d:\d\d \d{4}\] (?!\[\w+:\w+\])|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:\d\d )|^\d{1,4},\d+,\d+,|^\S.{4,60}? (?:kern\.\w+ )?kernel(?:\[\d+\])?: /;
/** The journal’s own word that another boot begins, and the kernel’s first. */
export const rebooted = /^-- (?:Re)?boot\b/i;
export const firstWord = /(?:^|[\]:] ?)Linux version \d/;
/** What the journal says before and behind a log. */
export const journals =
	/^-- (?:Logs|Journal) begins? at|^-- No entries --|^Hint: You are currently/;
/** What is kept of it as it stands. */
export const about =
	/\b(?:usb|u3g|umodem|ugen|u?hub|[xeo]hci|dwc\d?|musb|tty(?:USB|ACM)\d|cdc|(?:qmi_)?wwan|mhi|qcserial|option\d?|sierra|Gobi\w+|under-?voltage|over-?current|brown-?out|watchdog)/i;

/** `from 1-2: x` in prose is nobody's word: drivers say these things, and the core's name is usb. */
export const isSpoken = (driver: string, text: string) =>
	driver === 'usb' ||
	driver === 'hub' ||
	/detected|register|disconnect|USB (?:WDM|ACM)|renamed|attached|usb|error|fail|timeout|status|reset|probe|urb|-\d+$/i.test(
		text,
	);

/** Without its times and its host. */
export const messageOf = (text: string) =>
	text.replace(/^.{0,200}?(?:kernel(?:\[\d+\])?: |\] )(?:\[ *\d+\.\d+\] ?)?/, '').trim() || text;

/** What a driver says of the interface that it takes: the node that it makes, and the name before it. */
export function bindingIn(text: string): { node?: string; before?: string } | undefined {
	const before = renamed.exec(text)?.[1];
	if (before !== undefined) return { before };
	const node = (wdm.exec(text) ?? acm.exec(text) ?? network.exec(text))?.[1];
	if (node !== undefined) return { node };
	return network.test(text) || /^[\w ()-]* detected$/.test(text) ? {} : undefined;
}

/** Of the lines that are not kept. */
export const leftOut = (count: number): string =>
	count === 1
		? '1 line of the kernel’s log is about something else and left out.'
		: `${count} lines of the kernel’s log are about something else and left out.`;

/** How a going was seen: by its line, by what came after it, or by the host’s restart. */
export const endings = {
	seen: {},
	unseen: { unseen: true },
	restart: { unseen: true, hostRestarted: true },
} as const;
