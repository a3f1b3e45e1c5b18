import type { Clock } from '../../clock.ts';
import type { Endpoint } from '../device/endpoint.ts';
import type { Logger } from '../device/logger.ts';
import { type AtAnswer, answerTo, type Facts, type Leaving } from './answers.ts';

const carriageReturn = 0x0d;

/** What a flood is: more than a host reads as one answer. */
const flood = Buffer.from('$GPGGA,rehearsal,1,2*33\r\n'.repeat(2000));
const instead = {
	nothing: () => Buffer.alloc(0),
	zeros: (typed: string) => Buffer.alloc(typed.length + 1),
	binary: () => Buffer.from('7e7d5e13e7f0a5c8ff019abc7e', 'hex'),
	flood: () => flood,
};

/** Answers AT commands until one makes the application leave. */
export async function answerAt(
	pipe: Endpoint,
	facts: () => Facts,
	{ answersBootHold, clock }: { answersBootHold: boolean; clock: Clock },
	log: Logger,
): Promise<Leaving> {
	const { memory, atBehaviour } = facts();
	let echo = true;
	let unlocked = false;
	const refusal = atBehaviour.numericErrors ? '+CME ERROR: 3' : 'ERROR';
	const find = (command: string): AtAnswer | undefined => {
		const [, password] = /^AT!ENTERCND="(.*)"$/.exec(command) ?? [];
		if (password !== undefined) {
			unlocked ||= password === memory.password;
			return password === memory.password ? {} : undefined;
		}
		const answer = answerTo(command, facts().model);
		if (answer?.locked && !unlocked) return undefined;
		return answer?.leaves === 'boot-hold' && !answersBootHold ? undefined : answer;
	};
	for (;;) {
		const typed = await readCommand(pipe);
		if (atBehaviour.instead) {
			await pipe.write(instead[atBehaviour.instead](typed));
			continue;
		}
		const command = typed.trim();
		const lines: string[] = [];
		let result = 'OK';
		let leaves: Leaving | undefined;
		const echoed = echo ? `${typed}\r` : '';
		for (const one of commandsOf(command)) {
			const answer = find(one);
			if (!answer) {
				result = refusal;
				break;
			}
			lines.push(...(answer.lines?.(facts()) ?? []));
			answer.does?.(memory);
			echo = answer.echo ?? echo;
			leaves = answer.leaves;
		}
		const said = [...(atBehaviour.unsolicited ?? []), ...lines];
		const body = said.length > 0 ? `\r\n${said.join('\r\n')}\r\n` : '';
		const reply = command === '' ? '' : `${body}\r\n${result}\r\n`;
		if (atBehaviour.echoAfter !== undefined) await clock.sleep(atBehaviour.echoAfter);
		// One write: qmi-firmware-update takes an echo and its OK from one read only.
		await pipe.write(Buffer.from(echoed + reply, 'latin1'));
		if (command !== '') log(`${command}: ${result}`);
		if (leaves) return leaves;
	}
}

/** The commands of a line, in capitals but for what stands in quotes, each with its AT. */
function commandsOf(line: string): string[] {
	if (line === '') return [];
	return line
		.split(/("[^"]*"?)/)
		.map((part) => (part.startsWith('"') ? part : part.toUpperCase().replace(/\s/g, '')))
		.join('')
		.match(/(?:"[^"]*"?|[^;"])+/g)!
		.map((one, index) => (index === 0 ? one : `AT${one}`));
}

/** What was typed before the next carriage return; line feeds are not commands. */
async function readCommand(pipe: Endpoint): Promise<string> {
	let bytes = Buffer.alloc(0);
	for (;;) {
		bytes = Buffer.concat([bytes, (await pipe.read())!]);
		const end = bytes.indexOf(carriageReturn);
		if (end < 0) continue;
		pipe.unread(bytes.subarray(end + 1));
		return bytes.subarray(0, end).toString('latin1').replaceAll('\n', '');
	}
}
