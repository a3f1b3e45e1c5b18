import type { ImageNode } from './image-tree.ts';

/** In the source of a PSB descriptor: noise under right CRCs, which must never reach a real modem. */
export const rehearsalMark = 'REHEARSAL';

export const isRehearsal = ({ fields }: ImageNode): boolean =>
	fields.some(({ name, value }) => /^psb \d source$/.test(name) && value === rehearsalMark);
