/** docs/recording-format.md: its prose, and a table of every event, made from source/events.ts. */
import type { JsonSchema } from './recording-schema.ts';
import { recordingSchema } from './recording-schema.ts';

const begin = '<!-- made by npm run build:docs -->';

export function recordingFormatPage(prose: string): string {
	const { header, event } = recordingSchema().$defs as Record<string, JsonSchema>;
	const [stamp, fact] = event!.allOf as [JsonSchema, JsonSchema];
	const tables: Readonly<Record<string, string>> = {
		header: fieldTable(header!),
		stamp: fieldTable(stamp),
		events: (fact.oneOf as JsonSchema[])
			.map((one) => `### ${nameOf(one)}\n\n${fieldTable(one, ['type'])}`)
			.join('\n\n'),
	};
	return prose.replace(/^\{\{(\w+)\}\}$/gm, (_, name: string) => `${begin}\n\n${tables[name]}`);
}

const nameOf = ({ properties }: JsonSchema): unknown =>
	(properties as Record<string, JsonSchema>).type?.const;

function fieldTable(schema: JsonSchema, without: readonly string[] = []): string {
	const required = new Set(schema.required as string[]);
	const rows = Object.entries(schema.properties as Record<string, JsonSchema>)
		.filter(([name]) => !without.includes(name))
		.map(
			([name, value]) =>
				`| \`${name}\` | ${kindOf(value)} | ${required.has(name) ? '' : 'may be missing'} |`,
		);
	return ['| field | is | |', '| --- | --- | --- |', ...rows].join('\n');
}

function kindOf(schema: JsonSchema): string {
	if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
	if ('enum' in schema)
		return (schema.enum as string[]).map((one) => `\`${JSON.stringify(one)}\``).join(', ');
	if (schema.type === 'array') return `list of ${kindOf(schema.items as JsonSchema)}`;
	if (schema.type === 'object') {
		const names = Object.keys(schema.properties as object).map((name) => `\`${name}\``);
		return `object: ${names.join(', ')}`;
	}
	if (schema.type === 'string' && schema.format === 'date-time') return 'ISO 8601 time';
	if (schema.type === 'string' && 'pattern' in schema) return 'hexadecimal digits';
	if (schema.type === 'integer') return 'whole number';
	return String(schema.type === 'string' ? 'text' : schema.type);
}
