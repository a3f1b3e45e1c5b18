import { PerBootState } from '../per-boot-state.ts';
import type { FindingText, Rule } from '../rule.ts';

/** QCDM's BAD_CMD, 19 (ModemManager libqcdm/src/dm-commands.h). */
const badCommand = 0x13;

const words: FindingText = {
	title: 'The port is DIAG, not a loader: it answered the download probe with 0x13',
	means:
		'0x13 is how a DIAG port says that it does not know a command. The modem runs its application and is not in download mode.',
	next: [
		'Look at the USB view: several interfaces mean the application, one means the loader.',
		'Bring it into the loader with AT!BOOTHOLD, or TP1 low at power-on (RC76, WP76, WP77).',
		'Start the flash as soon as the one interface is there.',
	],
	certainty: 'proven',
	reference: 'ModemManager dm-commands.h; libqmi-devel 002584; rule R3',
};

/** It need not stand before an answer. */
const hdlcFlag = 0x7e;

/** R3. */
export function diagNotLoader(): Rule {
	const states = new PerBootState(() => ({ probed: false, told: false }));
	return ({ event, frames }) => {
		if (event) states.add(event);
		if (event?.type === 'note') {
			// libqmi prints "received"; a patched or older one may not.
			return /unexpected response (?:received )?in dload sdp: 0x13\b/.test(event.text)
				? words
				: undefined;
		}
		for (const { port, dir, name, protocol, bytes } of frames) {
			const state = states.of(port);
			if (dir === 'out') state.probed = name === 'SDP';
			const command = bytes[0] === hdlcFlag ? bytes[1] : bytes[0];
			const refused = dir === 'in' && protocol === 'DIAG' && command === badCommand;
			if (!refused || !state.probed || state.told) continue;
			state.told = true;
			return words;
		}
		return undefined;
	};
}
