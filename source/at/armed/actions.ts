/** What an armed action does in a window. QMI on cdc-wdm would be one more of these. */
import type { Clock } from '../../clock.ts';
import type { Emit, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { openWithRetry } from '../../link/open-with-retry.ts';
import { atNode } from '../../usb/device/modes.ts';
import { changesKept } from '../catalogue.ts';
import type { AtChannel } from '../channel.ts';
import { withAtChannel } from '../port.ts';
import { sendWithSnapshot } from '../read-state.ts';
import { noResult } from '../results.ts';
import { maskSecrets } from '../secrets.ts';
import { enterCnd, wantsEnterCnd } from '../unlock.ts';
import { explainHold, held } from './boot-hold.ts';
import { linesOf, runScript, type Step } from './script.ts';

export type ArmedAction = {
	/** What it is called on the screen: the command, or the script's name. */
	readonly name: string;
	/** The node that it needs, once that is there. */
	node(device: UsbDevice): string | undefined;
	/**
	 * Does it once on the port at `port`, which has just come: `OK`, or what came instead. What did not
	 * reach the modem is tried again while the window lasts. Throws a Problem where the port cannot be
	 * opened.
	 */
	run(port: string, emit: Emit, signal: AbortSignal): Promise<string>;
	/** What shows that it has worked, where OK alone does not. */
	readonly worked?: { readonly says: string; isIn(device: UsbDevice): boolean };
	/** What a person should know of its results so far; undefined where they speak for themselves. */
	explain?(device: UsbDevice, results: readonly string[]): string | undefined;
};

/** Seconds to wait for one answer: an application in a boot loop runs for two or three of them. */
const patience = 0.7;
const scriptPatience = 2;
/** What is left to another program that speaks into the line, seconds. */
const elbowRoom = 0.05;

function atAction(
	name: string,
	lines: readonly string[],
	host: Host,
	talk: (channel: AtChannel, signal: AbortSignal) => Promise<string>,
): ArmedAction {
	return {
		name: maskSecrets(name),
		node: atNode,
		run: (port, emit, signal) =>
			withAtChannel(
				host,
				port,
				emit,
				(channel) => talk(channel, signal),
				() =>
					openWithRetry(port, host.clock, {
						inHurry: true,
						rehearsal: host.rehearsal,
						signal,
					}),
			),
		...(lines.some((line) => /BOOTHOLD/i.test(line)) ? { worked: held, explain: explainHold } : {}),
	};
}

/** Sends again until the modem has answered, or the window closes. */
async function retryUntilAnswered<T extends { readonly result: string }>(
	send: () => Promise<T>,
	clock: Clock,
	signal: AbortSignal,
): Promise<T> {
	for (;;) {
		const answer = await send();
		const { result } = answer;
		if (signal.aborted || (result !== noResult.silent && result !== noResult.mixed)) return answer;
		if (result === noResult.mixed) await clock.sleep(elbowRoom, signal);
	}
}

/** One command; with a password, AT!ENTERCND before it where it is refused without. */
export const commandAction = (line: string, host: Host, password?: string): ArmedAction =>
	atAction(line, [line], host, async (channel, signal) => {
		if (changesKept(line)) {
			const { answer } = await sendWithSnapshot(channel, line, password);
			return answer?.result ?? noResult.silent;
		}
		const send = () => channel.send(line, patience, signal);
		const answer = await retryUntilAnswered(send, host.clock, signal);
		if (password === undefined || !wantsEnterCnd(line, answer)) return answer.result;
		const { result } = await channel.send(enterCnd(password), patience, signal);
		return result === 'OK' ? (await send()).result : result;
	});

/** A script, from its beginning in each window. */
export const scriptAction = (name: string, steps: readonly Step[], host: Host): ArmedAction =>
	atAction(name, linesOf(steps), host, async (channel, signal) => {
		const send = async () => ({
			result: await runScript(channel, steps, host.clock, { seconds: scriptPatience, signal }),
		});
		return (await retryUntilAnswered(send, host.clock, signal)).result;
	});
