/**
 * Which chip a model is built on, told by the names in a firmware file. litefw groups its models the
 * same way ("9x07 or 9x50 family"); a 9x28 is a 9x07 under its Legato name (legatoproject/lk).
 */
const families: readonly { models: RegExp; names: RegExp; chip: string }[] = [
	{ models: /^(RC76|WP76|WP77)/i, names: /X07|9X28/i, chip: 'MDM9x07' },
	{ models: /^(EM75|EM76|MC7411|MC7421)/i, names: /X50/i, chip: 'MDM9x50' },
	{ models: /^(EM74[35]|MC74[35])/i, names: /X30/i, chip: 'MDM9x30' },
	{ models: /^(MC73|EM73|WP8|AR8)/i, names: /X15/i, chip: 'MDM9x15' },
];

/** What a model's firmware should be for, or undefined when the model is not known here. */
export const familyOfModel = (model: string) => families.find(({ models }) => models.test(model));
export const familyOfName = (name: string) => families.find(({ names }) => names.test(name));
