/**
 * The console at the start of a stop of the walk, named by the first argument; nothing in it moves by itself.
 * At its end it says whether keys were its own already when its first frame was drawn.
 */
import { runConsole } from '../../source/ui/console.tsx';
import { TerminalOutput } from '../../source/ui/terminal/output.ts';
import { stops } from '../ui/stops.ts';

const stop = stops.find(({ name }) => name === process.argv[2])!;
const { write } = TerminalOutput.prototype;
let wasRaw: boolean | undefined;
TerminalOutput.prototype.write = function (chunk, ...rest) {
	if (String(chunk).includes('[1 USB]')) wasRaw ??= process.stdin.isRaw;
	return write.call(this, chunk, ...rest);
};
const nowhere = () => Promise.reject(new Error('not in this test'));
const open = {
	live: nowhere,
	rehearsal: nowhere,
	replay: nowhere,
	paste: nowhere,
	exporter: nowhere,
};
process.exitCode = await runConsole(stop.session(), open, { view: stop.view });
console.log(`raw at the first frame: ${wasRaw}`);
