import { program, type Run } from './run.ts';

export const startManager = (): Run => program('/usr/sbin/ModemManager', '--debug');

/** Waits until ModemManager offers the modem; throws what it said when it does not. */
export async function managedBy(manager: Run): Promise<void> {
	for (const end = Date.now() + 120_000; Date.now() < end; ) {
		const list = program('mmcli', '-L');
		await list.exit;
		if (/RC7620/.test(list.said.join())) return;
	}
	throw new Error(`no modem for ModemManager:\n${manager.said.slice(-150).join('\n')}`);
}
