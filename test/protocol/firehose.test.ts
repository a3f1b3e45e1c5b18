import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	explainFirehose,
	firehoseDocument,
	firehoseLength,
	parseFirehose,
	startsLikeFirehose,
} from '../../source/protocol/firehose/firehose.ts';

const header = '<?xml version="1.0" encoding="UTF-8" ?>\n<data>\n';
const trailer = '\n</data>\n\n';
const explain = (body: string) =>
	explainFirehose(parseFirehose(Buffer.from(`${header}${body}${trailer}`)).elements);

// libqmi 1.36, src/qmi-firmware-update/qfu-firehose-message.c.
test.each([
	['NOP', { value: 'ping' }, '<NOP value="ping" />'],
	[
		'configure',
		{
			MemoryName: 'eMMC',
			Verbose: 0,
			AlwaysValidate: 0,
			MaxDigestTableSizeInBytes: 8192,
			MaxPayloadSizeToTargetInBytes: 1048576,
			ZlpAwareHost: 0,
			SkipStorageInit: 0,
			TargetName: '8960',
		},
		'<configure MemoryName="eMMC" Verbose="0" AlwaysValidate="0" MaxDigestTableSizeInBytes="8192" MaxPayloadSizeToTargetInBytes="1048576" ZlpAwareHost="0" SkipStorageInit="0" TargetName="8960" />',
	],
	[
		'getStorageInfo',
		{ physical_partition_number: 0 },
		'<getStorageInfo physical_partition_number="0" />',
	],
	[
		'program',
		{
			PAGES_PER_BLOCK: 64,
			SECTOR_SIZE_IN_BYTES: 4096,
			filename: 'spkg.cwe',
			num_partition_sectors: 8516,
			physical_partition_number: 0,
			start_sector: -1,
		},
		'<program PAGES_PER_BLOCK="64" SECTOR_SIZE_IN_BYTES="4096" filename="spkg.cwe" num_partition_sectors="8516" physical_partition_number="0" start_sector="-1" />',
	],
	['power', { DelayInSeconds: 0, value: 'reset' }, '<power DelayInSeconds="0" value="reset" />'],
])('<%s> is byte for byte what libqmi sends', (verb, attributes, element) => {
	expect(firehoseDocument(verb, attributes).toString()).toBe(`${header}${element}${trailer}`);
});

test('whatever an attribute holds comes back', () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[ -~é€😀]*$/u), (value) => {
			const document = firehoseDocument('log', { value });
			expect(parseFirehose(document)).toEqual({
				elements: [{ name: 'log', attributes: { value } }],
			});
			expect(firehoseLength(document)).toBe(document.length - 2);
		}),
	);
});

test('entities are read, named and numbered', () => {
	const { elements } = parseFirehose(
		Buffer.from(`${header}<log value="Expected a &lt; &#60; &#x3C; &amp; &quot;"/>${trailer}`),
	);
	expect(elements[0]!.attributes.value).toBe('Expected a < < < & "');
});

test('NAK to <configure> is a proposal, not an error', () => {
	const { name, description } = explain(
		'<response value="NAK" MemoryName="NAND" MaxPayloadSizeFromTargetInBytes="2048" MaxPayloadSizeToTargetInBytes="8192" MaxPayloadSizeToTargetInBytesSupported="8192" TargetName="9x55" />',
	);
	expect(name).toBe('NAK MaxPayload=8192');
	expect(description).toContain('Not an error');
});

test.each([
	['<response value="NAK" />', 'NAK', /refuses/],
	['<response value="ACK" />', 'ACK', /Done/],
	['<response value="ACK" rawmode="true" />', 'ACK rawmode=true', /raw sectors/],
	['<response value="ACK" rawmode="false" />', 'ACK rawmode=false', /written and accepted/],
	['<log value="pages_in_block=64" />', 'log "pages_in_block=64"', /narrates/],
	['<log value="ERROR" /><response value="NAK" />', 'NAK ERROR', /refuses/],
	[
		'<log value="ERROR: XML not formed correctly. Expected a &lt; character at loc 0" /><response value="NAK" />',
		'NAK ERROR: XML not formed correctly. Expected a < character at loc 0',
		/Expected once after a download/,
	],
	['<GetStorageInfo />', '<getStorageInfo>', /flash memory/],
	['<peek />', '<peek>', /memory of the modem/],
	['<dance />', '<dance>', /not known here/],
	['', 'empty', /without an element/],
])('%s is explained', (body, name, description) => {
	expect(explain(body)).toEqual({ name, description: expect.stringMatching(description) });
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
	'an element <%s> is a verb as any other unknown one',
	(name) => {
		expect(explain(`<${name} value="1"/>`)).toEqual({
			name: `<${name}>`,
			description: 'A verb that is not known here.',
		});
	},
);

test.each([
	'<response value="ACK"',
	'<response value=ACK />',
	'<a></b>',
	'<a><<<',
	'\0\0\0\0<log value="x" />',
	'<log value="&nosuch;" />',
	'<log value="a" value="b" />',
	'<!DOCTYPE a [<!ENTITY b "c">]><a/>',
])('%j gives a problem and does not throw', (body) => {
	expect(parseFirehose(Buffer.from(`${header}${body}${trailer}`)).problem).toBeTruthy();
});

test('no bytes make it throw', () => {
	const signs = fc.constantFrom(
		'<',
		'>',
		'/',
		'"',
		'=',
		'data',
		'log',
		' ',
		'&',
		';',
		'<?xml',
		'?>',
		'\0',
		'\xff',
		']]>',
		'<!--',
	);
	const garbage = fc
		.array(signs, { maxLength: 40 })
		.map((parts) => Buffer.from(parts.join(''), 'latin1'));
	fc.assert(
		fc.property(fc.oneof(garbage, fc.uint8Array({ maxLength: 200 })), (bytes) => {
			const { elements } = parseFirehose(bytes);
			const { name, description } = explainFirehose(elements);
			expect([typeof name, typeof description]).toEqual(['string', 'string']);
		}),
		{ numRuns: 2000 },
	);
});

test('a document ends behind </data>, wherever the buffer ends', () => {
	const document = firehoseDocument('nop', {});
	const end = document.indexOf('</data>') + 7;
	for (let length = 0; length <= document.length; length++) {
		const length_ = firehoseLength(document.subarray(0, length));
		expect(length_).toBe(length < end ? undefined : end);
	}
});

test('it may be a document as long as nothing speaks against it', () => {
	for (let length = 1; length <= header.length; length++) {
		expect(startsLikeFirehose(Buffer.from(header.slice(0, length)))).toBe(true);
	}
	for (const other of ['', '<data>', '<?xmx', ' <?xml']) {
		expect(startsLikeFirehose(Buffer.from(other)), other).toBe(false);
	}
});
