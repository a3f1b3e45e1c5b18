import { type Clock, createClock } from './clock.ts';

/**
 * The machine that modemscope looks at: where the kernel shows its USB devices and where their
 * nodes are. A rehearsal is a host too: a folder with the same two trees, kept by the simulator.
 */
export type Host = {
	/** The root of sysfs, `/sys` on a live machine. */
	readonly sysfs: string;
	/** The folder of device nodes, `/dev` on a live machine. */
	readonly dev: string;
	/** The root of proc, `/proc` on a live machine. */
	readonly proc: string;
	/** The rehearsal's folder; undefined on a live machine. */
	readonly rehearsal: string | undefined;
	readonly clock: Clock;
};

export function liveHost(): Host {
	return { sysfs: '/sys', dev: '/dev', proc: '/proc', rehearsal: undefined, clock: createClock() };
}

/** The host that a simulator keeps in `folder`, running `speed` times as fast as life. */
export function rehearsalHost(folder: string, speed: number): Host {
	return {
		sysfs: `${folder}/sys`,
		dev: `${folder}/dev`,
		proc: `${folder}/proc`,
		rehearsal: folder,
		clock: createClock(speed),
	};
}
