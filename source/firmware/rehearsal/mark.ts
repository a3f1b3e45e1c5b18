import { type HeaderValues, headerLength } from '../cwe/header.ts';
import type { ImageNode } from '../cwe/image-tree.ts';

/** In the source of a PSB descriptor: noise under right CRCs, which must never reach a real modem. */
const rehearsalMark = 'REHEARSAL';

export const isRehearsal = ({ fields }: ImageNode): boolean =>
	fields.some(({ name, value }) => /^psb \d source$/.test(name) && value === rehearsalMark);

/** A PSB with the mark; its first descriptor is as in carrier_pri.nvu of an EM7455 (eagleusb/wwan, parsecwe.pl). */
export const markedPsb = (size: number): NonNullable<HeaderValues['psb']> => [
	{ version: 1, type: 2, offset: headerLength, size, source: 'FULL' },
	...[1, 2, 3, 4, 5, 6].map(() => ({})),
	{ source: rehearsalMark },
];
