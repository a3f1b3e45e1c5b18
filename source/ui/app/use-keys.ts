import { useInput, usePaste, useStdin } from 'ink';
import { useEffect } from 'react';
import { type Input, KeyReader } from '../terminal/key-parser.ts';
import type { Desk } from './console-state.ts';

/** Gives the desk every key, paste and move of the mouse. Ink only keeps the terminal's modes. */
export function useKeys(desk: Desk): void {
	const { stdin } = useStdin();
	useInput(ignored);
	usePaste(ignored);
	useEffect(() => {
		const reader = new KeyReader();
		let timer: NodeJS.Timeout | undefined;
		const give = (inputs: readonly Input[]) => {
			for (const input of inputs) desk.input(input);
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
	}, [stdin, desk]);
}

const ignored = () => {};
