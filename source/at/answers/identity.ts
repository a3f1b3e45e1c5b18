/** Who a modem says it is: with labels, or a line each as Quectel, Telit and SIMCom answer. */
import { type Field, fieldOf, labelled, type Reader } from './field.ts';

const labels: Reader = labelled([
	{ key: 'manufacturer', name: 'Maker', label: /Manufacturer/ },
	{ key: 'model', name: 'Model', label: /Model/ },
	{ key: 'revision', name: 'Revision', label: /Revision/ },
	{ key: 'meid', name: 'MEID', label: /MEID/ },
	{ key: 'imei', name: 'IMEI', label: /IMEI/ },
	{ key: 'imeiSv', name: 'IMEI SV', label: /IMEI SV/ },
	{ key: 'fsn', name: 'FSN', label: /FSN/ },
	{ key: 'gcap', name: 'GCAP', label: /\+GCAP/ },
]);

/** Makers that write their name alone on the first line. */
const makers =
	/^(?:Quectel\w*|Telit|SIMCOM_?\w*|Fibocom\w*|Cinterion|Thales|u-blox|HUAWEI|ZTE|MeiG\w*|Sierra Wireless.*|Neoway|Gosuncn\w*|Cavli|Rolling\w*)$/i;
const model = /^[A-Z][A-Z0-9_+-]{2,29}$/;

/** ATI, with any number behind it. */
export const identity: Reader = (lines) => {
	const known = labels(lines);
	const has = (key: string) => known.some((field) => field.key === key);
	const bare = lines.map((line) => line.trim()).filter((line) => line !== '');
	const fields: Field[] = [];
	const first = bare[0] ?? '';
	if (!has('manufacturer') && makers.test(first)) {
		fields.push(fieldOf('manufacturer', 'Maker', first));
		const second = bare[1] ?? '';
		if (!has('model') && model.test(second)) fields.push(fieldOf('model', 'Model', second));
	}
	return [...fields, ...known];
};

/** An answer that is the value, with its command before it or a label, or in quotes, or bare. */
export const plainly =
	(key: string, name: string): Reader =>
	(lines) => {
		const line = lines.map((text) => text.trim()).find((text) => text !== '');
		const value = line
			?.replace(/^[+#!^]\w+: */, '')
			.replace(/^(?:Revision|Model|Manufacturer|IMEI) ?[:=] */i, '')
			.replace(/^"(.*)"$/, '$1');
		return value ? [fieldOf(key, name, value)] : [];
	};
