/**
 * Which firmware a model takes: the device that a file names in its version, and the chip that its
 * header names as the product. The letter behind the chip tells product lines apart: an RC76 and a
 * WP76 have the same chip and run other firmware. Sources: the names of published files and ATI
 * answers of these models; a 9x28 is a 9x07 under its Legato name (legatoproject/lk).
 */
export type Family = {
	readonly models: RegExp;
	/** The device in a version string: `SWI9X07H`. */
	readonly devices: RegExp;
	/** What a header may name as the product: `9X07`. */
	readonly products: RegExp;
	readonly chip: string;
	/** What its boot loader takes firmware over: Sahara and then Firehose, or QDL (libqmi). */
	readonly speaks: 'sahara' | 'qdl';
};

const families: readonly Family[] = [
	{ models: /^RC76/i, devices: /X07H/i, products: /X07|9X28/i, chip: 'MDM9x07', speaks: 'sahara' },
	{ models: /^WP76/i, devices: /X07Y/i, products: /X07|9X28/i, chip: 'MDM9x07', speaks: 'sahara' },
	{
		models: /^WP77/i,
		devices: /X06/i,
		products: /X06|X07|9X28/i,
		chip: 'MDM9x06',
		speaks: 'sahara',
	},
	{
		models: /^(EM75[16]|[EM][MC]74[12]1)/i,
		devices: /X50/i,
		products: /X50/i,
		chip: 'MDM9x50',
		speaks: 'sahara',
	},
	{
		models: /^(EM74[35]|MC74[35])/i,
		devices: /X30/i,
		products: /X30/i,
		chip: 'MDM9x30',
		speaks: 'qdl',
	},
	{ models: /^(MC73|EM73)/i, devices: /X15C/i, products: /X15/i, chip: 'MDM9x15', speaks: 'qdl' },
	{ models: /^WP(75|85)/i, devices: /X15Y/i, products: /X15/i, chip: 'MDM9x15', speaks: 'qdl' },
	{ models: /^AR[78]/i, devices: /X15A/i, products: /X15/i, chip: 'MDM9x15', speaks: 'qdl' },
	{ models: /^MC77/i, devices: /9200/i, products: /9200/i, chip: 'MDM9200', speaks: 'qdl' },
	{ models: /^EM(91|76)/i, devices: /X55/i, products: /X55/i, chip: 'SDX55', speaks: 'sahara' },
	{ models: /^EM92/i, devices: /X65/i, products: /X65/i, chip: 'SDX65', speaks: 'sahara' },
];

/** What a model's firmware should be for, or undefined when the model is not known here. */
export const familyOfModel = (model: string): Family | undefined =>
	families.find(({ models }) => models.test(model));

export const familyOfDevice = (device: string): Family | undefined =>
	families.find(({ devices }) => devices.test(device));

export const familyOfProduct = (product: string): Family | undefined =>
	families.find(({ products }) => products.test(product));
