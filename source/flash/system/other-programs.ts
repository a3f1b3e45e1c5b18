/** Programs that talk to modems by themselves, and who else has a port of this one open. */
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { howToStop, nameHolder } from '../../link/port-holder.ts';
import { allProcesses, holdersOf, type Process } from '../../processes.ts';

type Talker = {
	readonly name: string;
	readonly runs: (process: Process) => boolean;
	/** The command that ends it, where that is not by its number. */
	readonly stop?: string;
};

/** What ModemManager asks a modem through (libqmi, libmbim): with it they are kept off. */
const managers = ['ModemManager', 'qmi-proxy', 'mbim-proxy'];

/** ModemManager is not among them: it is kept off by its own means. */
const talkers: readonly Talker[] = [
	{
		// postmarketOS and Mobian: it resets a modem that it does not see for a while.
		name: 'eg25-manager',
		runs: ({ name }) => name === 'eg25-manager',
		stop: 'sudo systemctl stop eg25-manager',
	},
	{
		// ChromeOS: it flashes modems by itself.
		name: 'modemfwd',
		runs: ({ name }) => name === 'modemfwd',
		stop: 'sudo stop modemfwd',
	},
	{
		// OpenWrt (FUjr/QModem): it asks AT ports every few seconds.
		name: 'QModem',
		runs: ({ name, command }) =>
			/^(?:modem_scand|tom_modem)$/.test(name) || command.includes('/usr/share/qmodem/'),
		stop: '/etc/init.d/qmodem_init stop',
	},
	{
		name: 'ROOter',
		runs: ({ command }) => command.includes('/usr/lib/rooter/'),
	},
	{ name: 'Quectel’s connection manager', runs: ({ name }) => /^quectel-CM/i.test(name) },
];

/** What each of them is, and how it is stopped: clauses for a person. */
export function otherPrograms(host: Pick<Host, 'proc' | 'dev'>, device: UsbDevice): string[] {
	const running = allProcesses(host.proc);
	const known = talkers.flatMap(({ name, runs, stop }) => {
		const found = running.find(runs);
		return found ? [`${name} (process ${found.pid}): ${stop ?? `kill ${found.pid}`}`] : [];
	});
	const nodes = device.interfaces.flatMap(({ nodes }) => nodes);
	const isManaged = running.some(({ name }) => name === 'ModemManager');
	const holders = nodes
		.filter((node) => /^(?:tty|cdc-wdm)/.test(node))
		.flatMap((node) =>
			holdersOf(host.proc, join(host.dev, node))
				.holders.filter(({ name }) => !isManaged || !managers.includes(name))
				.map((holder) => `${node} is held by ${nameHolder(holder)}: ${howToStop(holder)}`),
		);
	return [...known, ...holders];
}
