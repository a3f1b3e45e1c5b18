/** 34879232 as `34 879 232`: how every count of bytes is written. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ' ');
