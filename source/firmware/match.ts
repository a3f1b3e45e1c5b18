/** Whether a firmware file is for a modem: product, downgrade, known step paths, carrier. */

import type { Product } from '../modems/product.ts';
import {
	productOf,
	productOfFirmware,
	productOfHeader,
	productOfModel,
} from '../modems/products.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import type { ImageNode } from './cwe/image-tree.ts';
import { parseVersion, type Versions } from './versions.ts';

export type MatchName = 'product' | 'version' | 'step path' | 'carrier';
export type Match = {
	readonly name: MatchName;
	readonly state: 'ok' | 'warn' | 'refuse';
	/** A clause for a person, without a full stop. */
	readonly says: string;
};

export type Modem = {
	/** `RC7620`; the ids of a device that does not say its model. */
	readonly model: string;
	/** The families that its ids leave open. */
	readonly families?: readonly Product[] | undefined;
	/** What it says that it runs: `00.03.03.00`, or a whole version string with its carrier. */
	readonly version?: string | undefined;
	readonly carrier?: string | undefined;
};
export type Matchable = { readonly images: readonly ImageNode[]; readonly versions: Versions };

export function matchModem(file: Matchable, modem: Modem): Match[] {
	const model = sanitize(modem.model);
	const version = sanitize(modem.version ?? '');
	const now = /\d\d(\.\d\d){3}/.exec(version)?.[0];
	const carrier = sanitize(modem.carrier ?? parseVersion(version).carrier ?? '');
	return [
		productMatch(file, model, modem.families),
		versionMatch(file.versions, now),
		...stepMatch(file.versions, model, now),
		...carrierMatch(file.versions, carrier),
	];
}

function productMatch(
	{ images, versions }: Matchable,
	named: string,
	families: readonly Product[] = [],
): Match {
	const device = versions.device?.value;
	const product = images[0]?.header.product;
	const says = (state: Match['state'], rest: string): Match => ({
		name: 'product',
		state,
		says: `the file is for ${device ?? product ?? 'nothing'}${rest}`,
	});
	const wanted = productOf(named, families);
	const model = productOfModel(named) || !wanted ? named : wanted.name;
	const open = wanted ? [] : families;
	if (open.length > 0) {
		const names = open.map(({ name }) => name).join(', ');
		const fits = device && open.some((family) => family === productOfFirmware(device));
		if (fits) return says('warn', `; ${model} is one of ${names}: it does not say which`);
		return device && productOfFirmware(device)
			? says('refuse', `, but ${model} is one of ${names}`)
			: says('warn', `; ${model} is one of ${names}`);
	}
	if (!wanted) return says('warn', `; what ${model} needs is not known here`);
	// Files of a maker of laptops name the modem where others name the device.
	const given = device && (productOfFirmware(device) ?? productOfModel(device));
	const needs = wanted.chip ?? wanted.name;
	if (given === wanted) return says('ok', `, and ${model} is ${needs}`);
	if (given && given.chip === wanted.chip) {
		return says('refuse', `; ${model} has the same chip, but takes ${wanted.firmware?.device}`);
	}
	const other = given || (product && productOfHeader(product));
	if (given || (other && !wanted.firmware?.headers.test(product ?? ''))) {
		return says('refuse', `, but ${model} is ${needs}`);
	}
	return other
		? says('ok', `, and ${model} is ${needs}; only the header’s product says so`)
		: says('warn', `; ${model} is ${needs}`);
}

function versionMatch(versions: Versions, now: string | undefined): Match {
	const to = versions.firmware?.value;
	const match = (state: Match['state'], says: string): Match => ({ name: 'version', state, says });
	if (!to) return match('warn', 'the file does not say its version');
	if (!now) return match('ok', `it will run ${to}; what it runs now is not known`);
	if (to < now) return match('warn', `downgrade: from ${now} to ${to}`);
	return match('ok', to === now ? `the same version again: ${to}` : `from ${now} to ${to}`);
}

/**
 * Jumps that left modems in the boot loader. EM7565: older than release 9 (01.05.01.00) has to go
 * there first, then to the newest twice, and nothing goes back below release 10 (01.07.00.00) from
 * there (danielewood/sierra-wireless-modems; #125 and forum.sierrawireless.com 23554 show the jumps).
 */
const stepPaths = [
	{ models: /^EM75[16]/i, through: '01.05.01.00', lowest: '01.07.00.00' },
] as const;

function stepMatch(versions: Versions, model: string, now: string | undefined): Match[] {
	const to = versions.firmware?.value;
	const path = stepPaths.find(({ models }) => models.test(model));
	if (!to || !now || !path) return [];
	const { through, lowest } = path;
	const warn = (says: string): Match[] => [{ name: 'step path', state: 'warn', says }];
	if (now < through && to > through) {
		return warn(
			`${model} got stuck on this jump: write ${through} first, then ${to}, and ${to} a second time`,
		);
	}
	if (now >= lowest && to < lowest) return warn(`${model} does not go back below ${lowest}`);
	return [{ name: 'step path', state: 'ok', says: `no step between ${now} and ${to} is known` }];
}

function carrierMatch({ carrier, config }: Versions, now: string): Match[] {
	const to = carrier?.value;
	if (!to || !now) return [];
	const says = `carrier ${to}${config ? ` ${config.value}` : ''}`;
	return to.toLowerCase() === now.toLowerCase()
		? [{ name: 'carrier', state: 'ok', says: `${says}, as now` }]
		: [{ name: 'carrier', state: 'warn', says: `${says}; the modem has ${now} now` }];
}
