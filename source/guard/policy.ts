/**
 * What the guard may do by itself: a file of `name = value` lines, as the settings are. Without one it
 * looks and does nothing.
 */
import { lstatSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import { settingLines, settingsText } from '../settings.ts';

export type Policy = {
	/** The USB port path; the first modem that is seen unless given. */
	readonly device?: string;
	/** The model that every act but `inhibit` is for. */
	readonly model?: string;
	/** Keep ModemManager off a modem in a boot loop. */
	readonly inhibit: boolean;
	/** Send AT!BOOTHOLD in the next window of a boot loop. */
	readonly catch: boolean;
	/** Reset a loader that holds, so that the application starts. */
	readonly leave: boolean;
	/** Flash a loader that holds with this file, when its SHA-256 is this one. */
	readonly flash?: { readonly path: string; readonly sha256: string };
};

export const observeOnly: Policy = { inhibit: false, catch: false, leave: false };

/** Throws a Problem that names each wrong line; or when another user could have written the file. */
export function readPolicy(path: string): Policy {
	const text = settingsText(path);
	if (text === '') throw refused(path, ['it is empty, or not there.']);
	const others = 0o022;
	const { uid, mode } = lstatSync(path);
	if ((uid !== 0 && uid !== process.geteuid?.()) || (mode & others) !== 0)
		throw refused(path, ['another user may write it: chown root and chmod 644.']);
	return parsePolicy(text, path);
}

const shapes: Readonly<Record<string, { is: RegExp; says: string }>> = {
	device: { is: /^\d+-\d+(?:\.\d+)*$/, says: 'device is a USB port path: 3-1.' },
	model: { is: /^[\w-]{2,40}$/, says: 'model is the name of a modem: RC7620.' },
	inhibit: { is: /^(?:yes|no)$/, says: 'inhibit is yes or no.' },
	catch: { is: /^(?:yes|no)$/, says: 'catch is yes or no.' },
	leave: { is: /^(?:yes|no)$/, says: 'leave is yes or no.' },
	flash: { is: /^\/./, says: 'flash is the whole path of a firmware file.' },
	sha256: { is: /^[0-9a-f]{64}$/i, says: 'sha256 is 64 hexadecimal digits.' },
};

export function parsePolicy(text: string, path = 'the policy'): Policy {
	const values = new Map<string, string>();
	const wrong: string[] = [];
	for (const { number, name, value, wrong: why } of settingLines(text)) {
		const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
		const says = why ?? (shape ? undefined : `${sanitize(name)} is no setting.`);
		if (says !== undefined) wrong.push(`line ${number}: ${says}`);
		else if (!shape?.is.test(value)) wrong.push(`line ${number}: ${shape?.says}`);
		else if (values.has(name)) wrong.push(`line ${number}: ${name} is set twice.`);
		else values.set(name, value);
	}
	const isOn = (name: string) => values.get(name) === 'yes';
	const [device, model, file, sha256] = ['device', 'model', 'flash', 'sha256'].map((name) =>
		values.get(name),
	);
	const policy: Policy = {
		...(device === undefined ? {} : { device }),
		...(model === undefined ? {} : { model }),
		inhibit: isOn('inhibit'),
		catch: isOn('catch'),
		leave: isOn('leave'),
		...(file === undefined ? {} : { flash: { path: file, sha256: sha256?.toLowerCase() ?? '' } }),
	};
	wrong.push(...contradictions(policy));
	if (wrong.length > 0) throw refused(path, wrong);
	return policy;
}

function contradictions({ model, catch: catches, leave, flash }: Policy): string[] {
	const acts = catches || leave || flash !== undefined;
	return [
		...(acts && model === undefined ? ['catch, leave and flash need the line model.'] : []),
		...(flash && flash.sha256 === '' ? ['flash needs the line sha256.'] : []),
		...(flash && !isAbsolute(flash.path) ? ['flash is the whole path of a firmware file.'] : []),
		...(leave && (catches || flash)
			? ['leave goes neither with catch nor with flash: it would undo them.']
			: []),
	];
}

const refused = (path: string, wrong: readonly string[]) =>
	new Problem(exitCode.usage, `${sanitize(path)}: ${wrong.join(' ')}`, {
		modem: 'The guard does not run.',
		next: 'mend the file; docs/guard.md has every setting.',
	});
