import { useInput, usePaste, useStdin } from 'ink';
import { useEffect } from 'react';
import { type Input, KeyParser } from '../terminal/key-parser.ts';

/** Gives every key, paste and move of the mouse to `take`. Ink only keeps the terminal's modes. */
export function useInputs(take: (input: Input) => void): void {
	const { stdin } = useStdin();
	useInput(ignored);
	usePaste(ignored);
	useEffect(() => {
		const parser = new KeyParser();
		let timer: NodeJS.Timeout | undefined;
		const give = (inputs: readonly Input[]) => inputs.forEach(take);
		// Ink reads the stream: whatever it reads passes here first.
		const read = (chunk: string | Buffer) => {
			clearTimeout(timer);
			give(parser.push(chunk.toString()));
			const { patience } = parser;
			if (patience !== undefined) timer = setTimeout(() => give(parser.flush()), patience);
		};
		stdin.on('data', read);
		return () => {
			clearTimeout(timer);
			stdin.off('data', read);
		};
	}, [stdin, take]);
}

const ignored = () => {};
