/** The kernel's words about a device that does not answer it, and about its supply. */
import { BoundedMap } from '../../evidence/bounded-map.ts';
import { phrase } from '../../evidence/phrase.ts';
import { type FindingText, on, type Rule } from '../../evidence/rule.ts';

const failed =
	/^(?:usb|hub) (\d+-[\d.]+|usb\d+-port\d+|\d+-[\d.]+-port\d+)\S*: (?:device descriptor read\/\w+, error (-\d+)|device not accepting address \d+, error (-\d+)|unable to enumerate USB device|can't set config #\d+, error (-\d+)|unable to read config index \d+ descriptor\/\w+|can't read configurations, error (-\d+)|Cannot enable\. Maybe the USB cable is bad\?|device descriptor read\/\w+, error)/i;
const overCurrent = /^(?:usb|hub) (\S+?):? .*over-?current/i;
const isUnderVoltage = phrase(/under-?voltage detected|brown-?out/i);
/** Failures of one port that are no accident. */
const enough = 2;

const errors: Readonly<Record<string, string>> = {
	'-32': 'it refuses the request (EPIPE)',
	'-62': 'no answer in time (ETIME)',
	'-71': 'a broken answer (EPROTO): noise or a bad contact on the wire',
	'-75': 'more bytes than asked for (EOVERFLOW)',
	'-84': 'bad bits on the wire (EILSEQ)',
	'-110': 'no answer at all (ETIMEDOUT)',
};

/** `usb4-port1` is the socket of 4-1, `1-1-port3` that of 1-1.3. */
function pathOf(named: string): string {
	const [, root, parent, port] = /^(?:usb(\d+)|(\d+-[\d.]+))-port(\d+)$/.exec(named) ?? [];
	if (port === undefined) return named;
	return root === undefined ? `${parent}.${port}` : `${root}-${port}`;
}

type Evidence = NonNullable<FindingText['evidence']>;

const words = (path: string, error: string | undefined, evidence: Evidence): FindingText => ({
	title: `The device on ${path} does not answer the kernel${error ? ` (error ${error})` : ''}`,
	means: `Something is plugged in there, and the kernel cannot even read what it is${error && errors[error] ? `: ${errors[error]}` : ''}. That is below any firmware: its supply, the cable or adapter, or a dead module.`,
	next: [
		'Measure the supply while it starts: a modem draws 2 A and more in bursts.',
		'Try another cable, adapter or port, a USB 2 one first.',
		'If it answers nowhere, look at the boot log on its UART, or send it to the maker (RMA).',
	],
	path,
	certainty: 'likely',
	reference: 'Linux drivers/usb/core/hub.c; Sierra forum 28067, 33900',
	evidence,
});

export function enumerationFails(): Rule {
	const counts = new BoundedMap<string, { lines: Evidence; error: string | undefined }>();
	const told = new BoundedMap<string, true>();
	return on(['note', 'usb-came'], ({ t, event }) => {
		if (event.type === 'usb-came') told.delete(event.device.path);
		if (event.type !== 'note') return undefined;
		const [, named, ...codes] = failed.exec(event.text) ?? [];
		if (named === undefined) return undefined;
		const path = pathOf(named);
		const before = counts.get(path);
		const error = codes.find((code) => code !== undefined) ?? before?.error;
		const lines = [...(before?.lines ?? []), { t, says: event.text }].slice(-enough);
		counts.set(path, { lines, error });
		if (lines.length < enough || told.has(path)) return undefined;
		told.set(path, true);
		return words(path, error, lines);
	});
}

export function badSupply(): Rule {
	const told = new BoundedMap<string, true>();
	return on(['note'], ({ event }) => {
		const port = overCurrent.exec(event.text)?.[1];
		const what = port === undefined ? 'the host' : pathOf(port);
		if ((port === undefined && !isUnderVoltage(event.text)) || told.has(what)) return undefined;
		told.set(what, true);
		return {
			title:
				port === undefined
					? 'The host’s own supply is too low'
					: `Over-current on ${what}: the host cuts its power`,
			means:
				'The kernel says so itself. A modem resets when its supply dips, and no firmware cures that.',
			next: [
				'Feed the modem from a supply of its own, or a powered hub.',
				'Then watch whether it still resets: modemscope watch.',
			],
			certainty: 'likely',
			reference: 'Linux drivers/usb/core/hub.c',
		};
	});
}
