/**
 * Modems as strict as the strictest that were met: each was once flashed wrong, or not at all, by this
 * program. docs/simulator.md says which test that was. What a healthy one has by itself (HELLO not
 * before 2 s, UFWRITE with its data, 5 s for a download) is in `sound`.
 */
import { models } from '../../modems/simulated.ts';
import { type Scenario, sound } from './scenario.ts';

export const strictScenarios: readonly Scenario[] = [
	{
		...sound,
		name: 'usbcomp-1',
		says: 'An EM7565 with AT!USBCOMP type 1: it has other ids, and no driver knows its serial ports.',
		model: models.EM7565,
		usbComp: 1,
	},
	{
		...sound,
		name: 'usbcomp-2',
		says: 'An EM7565 with AT!USBCOMP type 2: it has serial ports only, and no driver knows them.',
		model: models.EM7565,
		usbComp: 2,
	},
	{
		...sound,
		name: 'qmi-only',
		says: 'The application has QMI and no other port.',
		composition: 'qmi',
	},
	{
		...sound,
		name: 'mbim-only',
		says: 'The application has MBIM and no other port.',
		composition: 'mbim',
	},
	{
		...sound,
		name: 'no-boot-hold',
		says: 'Its firmware does not know AT!BOOTHOLD; QMI brings it to its loader.',
		answersBootHold: false,
	},
	{
		...sound,
		name: 'dpr-grounded',
		says: 'It answers AT!BOOTHOLD with OK, and starts its application again.',
		ignoresBootHold: true,
	},
	{
		...sound,
		name: 'impatient-loader',
		says: 'An MC7455 whose loader starts the application when nobody speaks QDL within 5 s.',
		model: models.MC7455,
		loader: 'qdl',
		commitSeconds: 45,
	},
	{
		...sound,
		name: 'resets-again',
		says: 'After the flash it restarts once more, to switch to the new image.',
		resetsAfterUpdate: 1,
	},
	{
		...sound,
		name: 'keeps-preference',
		says: 'After the flash it still prefers other firmware, and stays in low power.',
		foundIn: 'loader',
		keepsPreference: true,
		atBehaviour: { mismatch: true },
	},
	{
		...sound,
		name: 'shows-loader',
		says: 'AT!CUSTOM FASTENUMEN is off: its loader shows itself for 3 s before each application.',
		showsLoader: 3,
	},
	{
		...sound,
		name: 'nand-refuses',
		says: 'It has a flash chip that some firmware does not support: its loader refuses the file.',
		// "Package not compatible" (Sierra forum 32926).
		refusesImages: 0x86,
		atBehaviour: { flashPart: 'H27S4G8F2EKPB4' },
	},
];
