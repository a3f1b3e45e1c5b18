import { type AtAnswer, atAnswers, type Facts, type Leaving } from './at-answers.ts';
import type { Endpoint } from './endpoint.ts';
import type { Tell } from './tell.ts';

const carriageReturn = 0x0d;

/** Answers AT commands until one makes the application leave. */
export async function answerAt(
	pipe: Endpoint,
	facts: () => Facts,
	{ answersBootHold }: { answersBootHold: boolean },
	tell: Tell,
): Promise<Leaving> {
	let echo = true;
	let unlocked = false;
	const find = (command: string): AtAnswer | undefined => {
		const answer = atAnswers.get(command.toUpperCase());
		if (answer?.locked && !unlocked) return undefined;
		return answer?.leaves === 'boot-hold' && !answersBootHold ? undefined : answer;
	};
	for (;;) {
		const typed = await readCommand(pipe);
		const command = typed.trim();
		const answer = command === '' ? undefined : find(command);
		const lines = answer?.lines?.(facts()) ?? [];
		const said = lines.length > 0 ? `\r\n${lines.join('\r\n')}\r\n` : '';
		const result = answer ? 'OK' : 'ERROR';
		const reply = command === '' ? '' : `${said}\r\n${result}\r\n`;
		// One write: qmi-firmware-update takes an echo and its OK from one read only.
		await pipe.write(Buffer.from(`${echo ? `${typed}\r` : ''}${reply}`));
		if (command !== '') tell(`${command}: ${result}`);
		echo = answer?.echo ?? echo;
		unlocked ||= answer?.unlocks ?? false;
		if (answer?.leaves) return answer.leaves;
	}
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
