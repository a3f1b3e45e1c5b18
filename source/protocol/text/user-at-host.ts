/**
 * Who and where in `anna@gw-17.example.com`: at the prompt of a shell, behind ssh, in mail. The same
 * sign stands in device trees (`mmc@7864900`), units of systemd and AT commands, which tell nobody.
 */

const userAtHost = /(?<![\w.-])([\w.-]+)@([\w-]+(?:\.[\w-]+)*)(?=\.?(?:[^\w.-]|$))/g;
/** What stands behind the host where a shell waits for a command, or ssh names a file. */
const prompt = /^(?: ?[~/#$%]|:)/;
/** The same behind a host without a domain, which a plain word is too. */
const shortPrompt = /^(?:~|[ :][~/])/;
const wordEnd = /^[ :~]/;
/** Characters between the name of a command and its host: options, a file. */
const longestCommand = 200;
const remote = /\b(?:ssh|scp|sftp|rsync|mosh)\b/;
/** Basic and extended AT commands up to the name (ITU-T V.250, 5.4). */
const atCommand = /(?<![\w.-])at(?:[!+$^*&%#\\][\w.-]*)?$/i;
const unit = /\.(?:service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/;
/** The same for every subscriber of an operator (3GPP TS 23.003, 13.2). */
const operator = /\.3gppnetwork\.org$/i;

/** Names that half of all machines have tell nobody from others. */
const commonNames = new Set(
	'root admin user pi ubuntu debian localhost raspberrypi modem openwrt lan local localdomain'.split(
		' ',
	),
);
export const isCommonName = (name: string): boolean =>
	name
		.toLowerCase()
		.split('.')
		.every((label) => commonNames.has(label));

/** An address in a device tree is hexadecimal. */
const isName = (host: string): boolean => {
	const [first = ''] = host.split('.');
	return /^[a-z]/i.test(first) && !(/\d/.test(first) && /^[\da-f]+$/i.test(first));
};

/** What tells somebody in a text; `cut` names the edges where it was cut out of a longer one. */
export function* namesIn(
	text: string,
	cut: { readonly before?: boolean; readonly behind?: boolean },
): Generator<string> {
	for (const { index, 0: whole, 1: user = '', 2: host = '' } of text.matchAll(userAtHost)) {
		const end = index + whole.length;
		if ((cut.before && index === 0) || (cut.behind && end === text.length)) continue;
		if (unit.test(host) || operator.test(host)) continue;
		const near = text.slice(Math.max(0, index - longestCommand), index);
		const before = near.slice(near.lastIndexOf('\n') + 1);
		if (atCommand.test(before.slice(-4) + user)) continue;
		const names = isShown(host, text.slice(end, end + 2), before) ? [user, ...namesOf(host)] : [];
		if (names.length === 0 && isAddress(host)) names.push(whole);
		for (const name of names)
			if (name.length > 1 && /[a-z]/i.test(name) && !isCommonName(name)) yield name;
	}
}

/** At a prompt, or behind ssh: each part stands elsewhere too, for the same person or computer. */
function isShown(host: string, behind: string, before: string): boolean {
	if (remote.test(before)) return isName(host);
	if (!host.includes('.'))
		return shortPrompt.test(behind) || (wordEnd.test(behind) && isName(host));
	return isName(host) && (prompt.test(behind) || before.endsWith('['));
}

/** Of mail, whose parts may be words that stand for nobody elsewhere. */
const isAddress = (host: string): boolean => /\.[a-z]{2,}$/i.test(host) && isName(host);

/** Under its full name, under its short one, and whatever else is in its domain. */
function namesOf(host: string): string[] {
	const [short = '', ...domain] = host.split('.');
	return domain.length > 1 ? [host, short, domain.join('.')] : [host, short];
}
