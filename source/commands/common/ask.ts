import { createInterface } from 'node:readline/promises';

/** What a person types at a prompt; undefined where there is no terminal to ask at. */
export async function ask(question: string): Promise<string | undefined> {
	if (!process.stdin.isTTY) return undefined;
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return await prompt.question(question);
	} finally {
		prompt.close();
	}
}
