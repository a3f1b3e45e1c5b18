import { useInput, usePaste, useStdin } from 'ink';
import { useEffect } from 'react';
import { type Input, KeyParser } from '../terminal/key-parser.ts';
import type { ConsoleState } from './console-state.ts';

/** Gives the console every key, paste and move of the mouse. Ink only keeps the terminal's modes. */
export function useKeys(context: ConsoleState): void {
	const { stdin } = useStdin();
	useInput(ignored);
	usePaste(ignored);
	useEffect(() => {
		const reader = new KeyParser();
		let timer: NodeJS.Timeout | undefined;
		const give = (inputs: readonly Input[]) => {
			for (const input of inputs) context.input(input);
		};
		// Ink reads the stream: whatever it reads passes here first.
		const take = (chunk: string | Buffer) => {
			clearTimeout(timer);
			give(reader.push(chunk.toString()));
			const { patience } = reader;
			if (patience !== undefined) timer = setTimeout(() => give(reader.flush()), patience);
		};
		stdin.on('data', take);
		return () => {
			clearTimeout(timer);
			stdin.off('data', take);
		};
	}, [stdin, context]);
}

const ignored = () => {};
