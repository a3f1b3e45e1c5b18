/**
 * Reads a schema once and makes of it a check without messages, which takes a fraction of the time:
 * recordings have millions of lines. What it lets through, the schema lets through as it is; what it
 * does not, the schema is asked about.
 */
import type * as v from 'valibot';

type Check = (value: unknown) => boolean;
type Schema = v.GenericSchema & {
	readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
	readonly entries?: Readonly<Record<string, Schema>>;
	readonly options?: readonly unknown[];
	readonly literal?: unknown;
	readonly item?: Schema;
	readonly wrapped?: Schema;
};

/** Lets nothing through. */
const never: Check = () => false;

/** Of an object that is all of `parts`, one of which tells by its `type` which of several it is. */
export function quickCheckOf(schema: v.GenericSchema): Check {
	const [common, variant] = (schema as Schema).options as readonly [Schema, Schema];
	const byType = new Map(
		(variant.options as readonly Schema[]).map(({ entries = {} }) => [
			entries.type?.literal,
			objectCheck({ ...common.entries, ...entries }),
		]),
	);
	return (value) =>
		typeof value === 'object' &&
		value !== null &&
		(byType.get((value as { type?: unknown }).type)?.(value) ?? false);
}

function checkOf(schema: Schema): Check {
	const [, ...actions] = schema.pipe ?? [];
	const checks = [ofKind(schema), ...actions.map(ofAction)];
	const [first = never, second, third] = checks;
	if (!second) return first;
	if (!third) return (value) => first(value) && second(value);
	return (value) => checks.every((check) => check(value));
}

function ofKind(schema: Schema): Check {
	switch (schema.type) {
		case 'string':
		case 'boolean':
			return (value) => typeof value === schema.type;
		case 'number':
			return (value) => typeof value === 'number' && !Number.isNaN(value);
		case 'literal':
			return (value) => value === schema.literal;
		case 'picklist':
			return (value) => schema.options!.includes(value);
		case 'array': {
			const check = checkOf(schema.item!);
			return (value) => Array.isArray(value) && value.every(check);
		}
		case 'optional':
			return checkOf(schema.wrapped!);
		case 'object':
			return objectCheck(schema.entries!);
		default:
			return never;
	}
}

function ofAction({ type, requirement }: NonNullable<Schema['pipe']>[number]): Check {
	switch (type) {
		case 'max_length':
			return (value) => (value as string).length <= (requirement as number);
		case 'min_value':
			return (value) => (value as number) >= (requirement as number);
		case 'max_value':
			return (value) => (value as number) <= (requirement as number);
		case 'integer':
		case 'safe_integer':
			return requirement as Check;
		case 'regex':
			return (value) => (requirement as RegExp).test(value as string);
		default:
			return never;
	}
}

/** A key that the schema does not name is for the schema to strip. */
function objectCheck(entries: Readonly<Record<string, Schema>>): Check {
	const checks = new Map(
		Object.entries(entries).map(([key, of]) => [
			key,
			{ check: checkOf(of), wanted: Number(of.type !== 'optional') },
		]),
	);
	const wanted = [...checks.values()].reduce((sum, entry) => sum + entry.wanted, 0);
	return (value) => {
		if (typeof value !== 'object' || value === null) return false;
		const object = value as Record<string, unknown>;
		let found = 0;
		for (const key in object) {
			const entry = checks.get(key);
			if (!entry?.check(object[key])) return false;
			found += entry.wanted;
		}
		return found === wanted;
	};
}
