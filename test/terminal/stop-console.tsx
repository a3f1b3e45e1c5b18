/** The console at the start of a stop of the walk, named by the first argument; nothing in it moves by itself. */
import { runConsole } from '../../source/ui/console.tsx';
import { stops } from '../ui/stops.ts';

const stop = stops.find(({ name }) => name === process.argv[2])!;
const nowhere = () => Promise.reject(new Error('not in this test'));
const open = {
	live: nowhere,
	rehearsal: nowhere,
	replay: nowhere,
	paste: nowhere,
	exporter: nowhere,
};
process.exitCode = await runConsole(stop.session(), open, { view: stop.view });
