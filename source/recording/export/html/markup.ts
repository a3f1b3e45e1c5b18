/** HTML as text, with everything that is not ours escaped (HTML, 13.3). */
import { sanitize } from '../../../protocol/text/sanitize.ts';

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text of others: no markup of theirs, and no control character, reaches the page. */
export const escaped = (text: string): string =>
	sanitize(text).replace(/[&<>"']/g, (sign) => entities[sign]!);

/** An element around markup that is already safe. */
export const element = (
	name: string,
	attributes: Readonly<Record<string, string | number | undefined>>,
	inner: string,
): string => {
	const named = Object.entries(attributes).map(([key, value]) =>
		value === undefined ? '' : ` ${key}="${escaped(String(value))}"`,
	);
	return `<${name}${named.join('')}>${inner}</${name}>`;
};
