import { withAtChannel } from '../../at/port.ts';
import { catchOnGateway } from '../../gateway/catch.ts';
import { liveHost } from '../../host.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import type { Output } from '../common/command.ts';
import type { AtFlags } from '../common/options.ts';
import { openRecord } from '../common/record.ts';
import { noPortInTime, waitingFor, windowWait } from './catch.ts';

/** Seconds that the modem may take for its answer. */
const answerWait = 5;

/** Arms one command on the gateway that `ssh target` leads to, and prints what the modem answers. */
export async function catchOverSsh(
	target: string,
	lines: readonly string[],
	flags: AtFlags,
	output: Output,
): Promise<ExitCode> {
	const [line, ...more] = lines;
	if (line === undefined || more.length > 0 || flags.script !== undefined || !flags.catch) {
		throw new Problem(exitCode.usage, 'Over ssh one command is armed at a time.', {
			modem: 'Nothing was sent.',
			next: `modemscope at --catch --ssh ${target} --yes BOOTHOLD AT!BOOTHOLD.`,
		});
	}
	const host = liveHost();
	const found = { host, origin: `a modem on ${target}, over ssh`, leave: () => {} };
	const record = openRecord(found, flags, output, { name: 'at', title: 'AT commands' });
	const done = new AbortController();
	const stop = () => done.abort();
	process.once('SIGINT', stop).once('SIGTERM', stop);
	try {
		const seconds = flags.for ?? windowWait;
		const path = flags.device;
		const request = { root: flags.rehearsal ?? '', line, seconds, path, node: flags.port };
		const waits = () => output.say(waitingFor(path, seconds));
		const caught = await catchOnGateway(target, request, host.clock, done.signal, waits);
		if (!caught) throw noPortInTime();
		const { link, within } = caught;
		if (within !== undefined)
			output.say(`sent within ${Math.round(within * 1000)} ms of the port, by the clock there`);
		const open = async () => link;
		const { result } = await withAtChannel(
			host,
			link.port,
			record.emit,
			(channel) => channel.send(line, answerWait, done.signal),
			open,
		);
		return result === 'OK' ? exitCode.done : exitCode.failed;
	} finally {
		process.off('SIGINT', stop).off('SIGTERM', stop);
		await record.close();
	}
}
