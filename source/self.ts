/** How the program is started again. It must load quickly: cli.tsx takes it. */

/** The executable and the arguments before the command: in a single file there are none. */
export const self = (): readonly [string, ...string[]] =>
	process.getBuiltinModule('node:sea').isSea()
		? [process.execPath]
		: [process.execPath, process.argv[1] ?? 'modemscope'];
