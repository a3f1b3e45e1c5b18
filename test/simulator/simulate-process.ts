/** `simulate SCENARIO --socket FOLDER --speed N --lease` as a process, for the tests. */
import { simulate } from '../../source/commands/simulate/simulate.ts';

const [, scenario = '', , socket = '', , speed] = process.argv.slice(2);
const out = (line: string) => console.log(line);
process.exitCode = await simulate(scenario, { socket, speed: Number(speed), lease: true, out });
