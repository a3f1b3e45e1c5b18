import type { Event, UsbDevice } from '../../events.ts';
import { rehearse } from '../../flash/rehearse/rehearse.ts';
import { exitCode } from '../../problem.ts';
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';
import type { Output } from '../common/command.ts';
import { timedLines } from '../common/event-line.ts';
import type { OpenLoad } from './load.ts';
import type { Told } from './modem.ts';

type Planned = Omit<Parameters<OpenLoad['plan']>[0], 'host' | 'device'>;

/** `flash --rehearse`: the same plan on a simulated modem that is made from this one. */
export async function rehearseFlash(
	open: OpenLoad,
	device: UsbDevice,
	told: Told,
	planned: Planned,
	{ json }: { readonly json: boolean },
	{ out }: Pick<Output, 'out'>,
): Promise<number> {
	const stop = new AbortController();
	const interrupt = () => stop.abort();
	process.on('SIGINT', interrupt);
	const show = (event: Event) => {
		for (const line of json ? [jsonText(event)] : timedLines(event)) out(line);
	};
	try {
		const { exit, recording } = await rehearse({
			snapshot: { device, from: told.from },
			load: open.load,
			plan: (on) => open.plan({ ...planned, ...on, from: told.from }),
			onEvent: show,
			stop: stop.signal,
		});
		if (json) out(jsonText({ type: 'rehearsal', exit, recording }));
		else for (const line of summary(exit, recording)) out(sanitize(line));
		return exit;
	} finally {
		process.off('SIGINT', interrupt);
	}
}

const summary = (exit: number, recording: string | undefined): string[] => [
	exit === exitCode.done
		? 'The rehearsal ended well. Nothing was sent to the modem.'
		: 'The rehearsal failed. Nothing was sent to the modem.',
	...(recording === undefined ? [] : [`See it: modemscope --replay ${recording}`]),
	...(exit === exitCode.done
		? ['The same command without --rehearse flashes, and tells where it departs.']
		: []),
];
