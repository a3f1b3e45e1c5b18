/** The schema of a line of a recording, for programs that do not use ours: JSON Schema 2020-12, made from source/events.ts. */
import { eventSchema, headerSchema } from '../source/events.ts';

export type JsonSchema = { readonly [key: string]: unknown };

/** What is read of a valibot schema, whichever it is. */
type Node = {
	readonly type: string;
	readonly pipe?: readonly Node[];
	readonly requirement?: unknown;
	readonly entries?: Readonly<Record<string, Node>>;
	readonly options?: readonly unknown[];
	readonly literal?: unknown;
	readonly item?: Node;
	readonly wrapped?: Node;
	readonly default?: unknown;
};

/** The line of a header, or of an event. Fields that it does not name may stand there too: a reader leaves them out. */
export function recordingSchema(): JsonSchema {
	const { options: [stamp, fact] = [] } = eventSchema as Node;
	return {
		$schema: 'https://json-schema.org/draft/2020-12/schema',
		title: 'A line of a modemscope recording',
		description:
			'The first line is a header, each other one an event. Made from source/events.ts by npm run build:docs.',
		oneOf: [{ $ref: '#/$defs/header' }, { $ref: '#/$defs/event' }],
		$defs: {
			header: schemaOf(headerSchema as Node),
			event: { allOf: [schemaOf(stamp as Node), schemaOf(fact as Node)] },
		},
	};
}

export const schemaText = (): string => `${JSON.stringify(recordingSchema(), undefined, '\t')}\n`;

export function schemaOf(node: Node): JsonSchema {
	if (node.pipe) {
		const [first, ...actions] = node.pipe;
		return Object.assign({}, schemaOf(first!), ...actions.map(constraintOf));
	}
	switch (node.type) {
		case 'string':
		case 'number':
		case 'boolean':
			return { type: node.type };
		case 'literal':
			return { const: node.literal };
		case 'picklist':
			return { enum: node.options };
		case 'array':
			return { type: 'array', items: schemaOf(node.item!) };
		case 'optional':
			return {
				...schemaOf(node.wrapped!),
				...(node.default === undefined ? {} : { default: node.default }),
			};
		case 'variant':
			return { oneOf: (node.options as readonly Node[]).map(schemaOf) };
		case 'object':
			return {
				type: 'object',
				properties: mapped(node.entries!, schemaOf),
				required: Object.entries(node.entries!).flatMap(([name, { type }]) =>
					type === 'optional' ? [] : [name],
				),
			};
		default:
			throw new Error(`No JSON Schema is known for valibot's ${node.type}.`);
	}
}

/** What an action of a pipe asks besides the type. */
function constraintOf({ type, requirement }: Node): JsonSchema {
	switch (type) {
		case 'max_length':
			return { maxLength: requirement };
		case 'min_value':
			return { minimum: requirement };
		case 'max_value':
			return { maximum: requirement };
		case 'integer':
			return { type: 'integer' };
		case 'safe_integer':
			return { type: 'integer', maximum: Number.MAX_SAFE_INTEGER };
		case 'regex':
			return { pattern: (requirement as RegExp).source };
		case 'iso_timestamp':
			return { format: 'date-time' };
		default:
			throw new Error(`No JSON Schema is known for valibot's ${type}.`);
	}
}

const mapped = <T, U>(entries: Readonly<Record<string, T>>, map: (value: T) => U) =>
	Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, map(value)]));
