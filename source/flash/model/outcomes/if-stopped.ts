import type { FlashProgress } from '../progress.ts';

/** For a person who is asked whether to stop: how that would leave the modem. */
export function ifStopped({ current }: FlashProgress): string {
	switch (current?.phase) {
		case 'write':
			return 'The modem would be left in its boot loader with part of the file in its memory. It needs another flash, or a power cycle if nothing was committed.';
		case 'commit':
			return 'The modem is writing its flash memory: the next safe point is the end of the commit. It would be left restarting, unchecked.';
		case 'reboot':
		case 'check':
			return 'The new firmware is written. The modem would be left with it, unchecked.';
		default:
			return 'Nothing has been written. The modem would be left in its boot loader; a power cycle starts the firmware that it has.';
	}
}
