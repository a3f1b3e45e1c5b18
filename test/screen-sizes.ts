/** The sizes of a terminal that every view is made for, from the smallest on: columns, rows. */
export const screenSizes = [
	[60, 16],
	[80, 24],
	[100, 30],
	[140, 45],
	[200, 60],
] as const;
