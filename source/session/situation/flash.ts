import type { FlashProgress } from '../../flash/model/progress.ts';
import type { Standing } from './standing.ts';

const next = { action: 'follow-flash', says: 'Look at the flash.' } as const;
const keep = 'Keep its power and its cable as they are.';

/** A flash that runs owns the modem: all that is said is what it does, and to let it. */
export function flashStanding({ current, sent, total }: FlashProgress): Standing {
	const running = { grade: 'warn', next } as const;
	switch (current?.phase) {
		case 'write': {
			const part = `${total > 0 ? ((100 * sent) / total).toFixed(0) : 0} %`;
			return {
				...running,
				state: 'flashing',
				words: `FLASHING ${part}`,
				says: `The modem is being flashed: ${part} is sent. ${keep}`,
			};
		}
		case 'commit':
			return {
				...running,
				state: 'committing',
				words: 'COMMITTING',
				says: `The modem has every byte and writes it to its flash memory. ${keep}`,
			};
		case 'reboot':
			return {
				...running,
				state: 'rebooting',
				words: 'REBOOTING',
				says: `The modem has taken the file and restarts by itself. ${keep}`,
			};
		case 'check':
			return {
				...running,
				state: 'checking',
				words: 'CHECKING',
				says: `The modem has taken the file. It is watched whether the new firmware stays up. ${keep}`,
			};
		default:
			return {
				...running,
				state: 'flashing',
				words: 'FLASHING',
				says: `A flash has begun and prepares the boot loader. ${keep}`,
			};
	}
}
