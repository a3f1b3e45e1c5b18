/** `test:linux:full`: the long tests too, repeated ones as often as a release wants, times held to their bounds. */
export const isFull = process.env.MODEMSCOPE_FULL === '1';
