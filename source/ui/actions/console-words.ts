/** Advice names commands, for the shell and for recordings; inside the console its keys do the same. */

const ways: readonly (readonly [RegExp, string])[] = [
	[/\bRun modemscope flash(?: FILE)?\b/g, 'Flash it (3, Enter, F)'],
	[/\brun modemscope flash(?: FILE)?\b/g, 'flash it (3, Enter, F)'],
	[/\bmodemscope flash FILE\.cwe FILE\.nvu/g, '3, Enter, F, and a adds the other'],
	[/\bmodemscope flash FILE\b/g, '3, Enter, F'],
	[/\bmodemscope leave\b/g, 'o in 1 USB'],
	[/\bmodemscope at --catch\b/g, 'h in 1 USB arms it'],
	[/\bmodemscope inspect FILE(?: --model MODEL)?/g, '3 opens it'],
	[/--over usb\b/g, 'o'],
	[/\bmodemscope watch --list\b/g, 'd'],
	[/\bmodemscope watch\b/g, '1 USB'],
	[/\bmodemscope doctor\b/g, 'modemscope doctor (! copies it)'],
];

export const inKeys = (advice: string): string =>
	ways.reduce((words, [command, keys]) => words.replace(command, keys), advice);
