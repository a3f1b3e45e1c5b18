import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes of the heap that something still holds. */
export function heapUsed(): number {
	collect();
	return process.memoryUsage().heapUsed;
}

/** Milliseconds of a processor that this thread has used: what others do on the machine is not in it. */
export function busy(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}
