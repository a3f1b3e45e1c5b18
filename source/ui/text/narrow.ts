/** ASCII, blocks and lines, and the other signs of `symbols.ts`: one column each. */
const narrow = /^[\x20-\x7e±·×’←-↓⏎─-▟▶◀✓✗]*$/;

/** Each sign of an uncoloured text is one of our own and takes one column. */
export const isNarrow = (plain: string): boolean => narrow.test(plain);
