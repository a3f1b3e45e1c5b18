import { access, constants } from 'node:fs/promises';
import { type HeldProcess, holdChildProcess } from './hold-process.ts';

/** Where systemd says that it runs this machine (sd_booted(3)). */
const systemd = '/run/systemd/system';

export const hasLogind = (): Promise<boolean> =>
	access(systemd, constants.F_OK).then(
		() => true,
		() => false,
	);

/** Keeps systemd-logind from sleep and from shutting down while it is held. */
export const inhibitSleep = (): Promise<HeldProcess> =>
	holdChildProcess(
		[
			'systemd-inhibit',
			'--what=sleep:shutdown',
			'--mode=block',
			'--who=modemscope',
			'--why=A modem is being flashed',
			'sh',
			'-c',
			'echo held; exec sleep infinity',
		],
		/held/,
	);
