/** What ModemManager, its tools and a boot loader's UART say of a modem. */
import { phrase } from '../../evidence/phrase.ts';
import { onWords } from './on-words.ts';

const isLocked = phrase(/\bInvalid ?transition\b|\bFCC (?:auth|un)?lock|fcc-unlock/i);
export const radioLocked = onWords((text) =>
	isLocked(text)
		? {
				title: 'The modem refuses to turn its radio on: it looks like its FCC lock',
				means:
					'Modems that laptops came with start with the radio locked, and the host has to unlock it at each start. A mismatch of firmware and settings, or a pin, refuses it too.',
				next: [
					'Have ModemManager do it: link the script of its id from /usr/share/ModemManager/fcc-unlock.available.d into /etc/ModemManager/fcc-unlock.d.',
					'Or once: qmicli -d /dev/cdc-wdm0 -p --dms-set-fcc-authentication.',
					'If it still refuses, read AT!PCINFO?: it names who keeps the radio off.',
				],
				certainty: 'possible',
				reference: 'ModemManager documentation, FCC unlock procedure; Sierra forum 13010',
			}
		: undefined,
);

const reasons: Readonly<Record<string, string>> = {
	'sim-missing': 'Put a SIM in, and see that its slot is the active one: mmcli -m 0, AT+CPIN?.',
	'sim-error': 'Try the SIM in another device, and clean its contacts.',
	'unknown-capabilities': 'Read AT!IMPREF? and AT!PRIID?: the modem may have no carrier settings.',
	'esim-without-profiles': 'Load a profile, or switch to the slot of a plastic SIM.',
};

export const modemFailed = onWords((text) => {
	const [, reason] = /failed[ -]reason"?[ :]+"?([\w-]+)/.exec(text) ?? [];
	if (reason === undefined || reason === '--') return undefined;
	return {
		title: `ModemManager cannot use the modem: ${reason}`,
		means: 'The modem runs and answers; ModemManager gave it up for that reason.',
		next: [
			reasons[reason] ?? 'Look at its log: journalctl -u ModemManager.',
			'Then: mmcli -m 0 -r.',
		],
		certainty: 'proven',
		reference: 'ModemManager, MMModemStateFailedReason',
	};
});

const cannotLoad = phrase(
	/^[BD] - .*\bError code [0-9a-f]+ at|No MBN adapter|fs_device.*(?:fail|error)|^B - .*\b(?:Auth|Image Load).*\bfail/i,
);
export const bootFails = onWords((text) =>
	cannotLoad(text)
		? {
				title: 'The boot loader cannot load what it should start',
				means:
					'Its UART says so: an image in flash is missing, damaged or not signed for it. Nothing comes on USB, or the chip’s emergency loader.',
				next: [
					'Bring it into its loader with its boot pin and flash it: modemscope flash FILE.',
					'If it comes as 05c6:9008 only, it needs its maker’s programmer, or goes to the maker (RMA).',
				],
				certainty: 'likely',
				reference: 'Sierra forum 33900, 28078, page 2',
			}
		: undefined,
);
