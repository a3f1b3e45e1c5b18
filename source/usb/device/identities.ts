/**
 * USB ids of modems, as data: which model, which life, which layout of interfaces. Ids come second:
 * an RC7620 has the same in both lives, and a loader that waits has the id of one that crashed.
 */
import type { Mode } from './modes.ts';

/** Which interface is what; the letters are those of Linux's qcserial.c. */
export type Layout = 'SWI' | 'G1K' | 'G2K' | 'EM9' | 'MBIM';

export type Identity = {
	/** `1199:9071`. */
	readonly id: string;
	/** What it is sold as; several share an id. */
	readonly models: string;
	/** The life that the id tells; undefined when it serves for several. */
	readonly mode: Mode | undefined;
	readonly layout: Layout | undefined;
	readonly source: string;
};

type Row = readonly [
	models: string,
	application: string,
	loader: string,
	layout: Layout | undefined,
	source: string,
];

const qcserial = 'Linux drivers/usb/serial/qcserial.c';
/** Which of these is whose loader no source tells. */
const dellPairs = '413c:81a2 81a3 81a4 81a5 81a6 81a7 81a8 81a9 81b1 81b3 81cf 81d0 81d1 81d2';

/**
 * Ids of the application and of the boot loader, which is the crash dump's too (Sierra). The same id
 * on both sides tells neither. A vendor counts for all ids behind it.
 */
const rows: readonly Row[] = [
	[
		'RC76xx, WP76xx, WP77xx, MC73xx',
		'1199:68c0',
		'1199:68c0',
		'SWI',
		`RC7620 field case; ${qcserial}`,
	],
	['MC7710', '1199:68a2', '1199:68a2', 'SWI', qcserial],
	['MC7700', '0f3d:68a2', '0f3d:68a2', 'SWI', qcserial],
	['MC7750', '114f:68a2', '114f:68a2', 'SWI', qcserial],
	['MC77xx DirectIP', '1199:68a3', '', undefined, 'Linux drivers/usb/serial/sierra.c'],
	['MC7305', '1199:9041', '1199:9040', 'SWI', qcserial],
	['EM7305', '1199:9063', '1199:9062', 'SWI', qcserial],
	['EM7355', '1199:901f', '1199:901e', 'SWI', qcserial],
	['EM7700', '1199:901c', '', 'SWI', qcserial],
	['MC7770', '1199:901b', '', 'G2K', qcserial],
	[
		'MC7455, EM7455, MC7430, EM7430',
		'1199:9071 9079 907b',
		'1199:9070 9078 907a',
		'SWI',
		`${qcserial}; Sierra forum 23557`,
	],
	[
		'EM7565, EM7511, MC7411, MC7421',
		'1199:9091 90b1 90c3',
		'1199:9090 90b0 90c1 90c2',
		'SWI',
		qcserial,
	],
	['EM7590, EM7690', '1199:c081', '1199:c080', 'SWI', qcserial],
	[
		'EM919x, EM929x',
		'1199:90d3 90d9 90e1 90e3',
		'1199:90d2 90d8 90e0 90e2',
		'EM9',
		'Linux drivers/usb/serial/option.c; linux-usb patches',
	],
	['EM86xx', '1199:90e5', '1199:90e4', 'SWI', 'linux-usb patches'],
	['Sierra QDL', '1199:68a5 68a9', '1199:68a4 68a8', 'G2K', qcserial],
	['MC7455 with MBIM only', '1199:68b1 9068', '', 'MBIM', 'Sierra forum 8499'],
	[
		'Gobi 2000',
		'1199:9001 9002 9003 9004 9005 9006 9007 9008 9009 900a',
		'1199:9000',
		'G2K',
		qcserial,
	],
	[
		'Gobi 2000',
		'05c6:9205 9215 9225 9235 9245 9265 9275 920b',
		'05c6:9204 9214 9224 9234 9244 9264 9274 9208',
		'G2K',
		qcserial,
	],
	['Gobi 1000', '05c6:9001 9002 9009 9202 9203 9222', '05c6:9201 9211 9221 9231', 'G1K', qcserial],
	[
		'Gobi 3000 (MC8355, MC8305)',
		'1199:9011 9013 9015 9019',
		'1199:9010 9012 9014 9018',
		'G2K',
		qcserial,
	],
	['Gobi 3000', '05c6:920d', '05c6:920c', 'G2K', qcserial],
	['Dell DW5811e', '413c:81b6', '413c:81b5', 'SWI', `${qcserial}; Sierra forum 9153`],
	['Dell DW5816e', '413c:81cc', '413c:81cb', 'SWI', qcserial],
	['Dell DW5826e', '413c:8217', '413c:8218', 'SWI', qcserial],
	['Dell 5808, 5809, 5818, 5819, 5570', dellPairs, dellPairs, 'SWI', qcserial],
	[
		'Quectel RM, EM, EC',
		'2c7c:0125 0296 0620 0800',
		'',
		undefined,
		'Linux drivers/usb/serial/option.c',
	],
	['Telit', '1bc7:1040', '', undefined, 'bkerler/edl'],
	['Netgear MR1100', '0846:68e1 68e2', '0846:68e0', undefined, 'bkerler/edl'],
	['Qualcomm diagnostics', '05c6:9025 9091 901d 90db', '', undefined, 'bkerler/edl, linux-msm/qdl'],
];

/** Ids that say by themselves what waits behind them. */
const own: readonly Identity[] = [
	{
		id: '05c6:9008',
		models: 'any Qualcomm chip',
		mode: 'edl',
		layout: undefined,
		source: 'bkerler/edl, linux-msm/qdl, fwupd',
	},
	{
		id: '05c6:900e',
		models: 'any Qualcomm chip',
		mode: 'memory dump',
		layout: undefined,
		source: 'bkerler/edl, linux-msm/qdl',
	},
	{
		id: '05c6:9006',
		models: 'any Qualcomm chip, as mass storage',
		mode: undefined,
		layout: undefined,
		source: 'bkerler/edl, linux-msm/qdl',
	},
	{
		id: '1bc7:900e',
		models: 'Telit',
		mode: 'memory dump',
		layout: undefined,
		source: 'bkerler/edl',
	},
];

/** `1199:9071 9079` in full. */
const idsOf = (listed: string): string[] => {
	const [vendor = '', products = ''] = listed.split(':');
	return products.split(' ').flatMap((product) => (product ? [`${vendor}:${product}`] : []));
};

function identitiesOf([models, application, loader, layout, source]: Row): Identity[] {
	const applications = idsOf(application);
	const loaders = idsOf(loader);
	const modeOf = (id: string): Mode | undefined => {
		if (!loaders.includes(id)) return 'application';
		return applications.includes(id) ? undefined : 'loader';
	};
	const all = [...new Set([...applications, ...loaders])];
	return all.map((id) => ({ id, models, mode: modeOf(id), layout, source }));
}

export const identities: readonly Identity[] = [...own, ...rows.flatMap(identitiesOf)];

const byId = new Map(identities.map((identity) => [identity.id, identity]));

export const identityOf = ({ vid, pid }: { vid: string; pid: string }): Identity | undefined =>
	byId.get(`${vid}:${pid}`);
