import { cweCrc } from '../cwe/crc.ts';
import { encodeHeader, type HeaderValues, headerLength } from '../cwe/header.ts';

/** A payload that is written where it belongs, so that a large image is never copied. */
export type Filler = { readonly length: number; readonly fill: (into: Buffer) => void };

export type ImageSpec = HeaderValues & { readonly type: string } & (
		| { readonly payload: Uint8Array | Filler; readonly children?: never }
		| { readonly children: readonly ImageSpec[]; readonly payload?: never }
	);

/** A whole CWE image with its inner images; sizes and CRCs are right unless the spec gives them. */
export function buildImage(spec: ImageSpec): Buffer {
	const image = Buffer.alloc(imageLength(spec));
	writeImage(spec, image);
	return image;
}

/** Bytes of an image, its header included. */
export function imageLength({ payload, children = [] }: ImageSpec): number {
	const inner = children.reduce((sum, child) => sum + imageLength(child), 0);
	return headerLength + (payload?.length ?? inner);
}

function writeImage(spec: ImageSpec, image: Buffer): void {
	const body = image.subarray(headerLength);
	if (spec.payload instanceof Uint8Array) body.set(spec.payload);
	else spec.payload?.fill(body);
	let at = 0;
	for (const child of spec.children ?? []) {
		const length = imageLength(child);
		writeImage(child, body.subarray(at, at + length));
		at += length;
	}
	image.set(encodeHeader({ size: body.length, crc: cweCrc(body), ...spec }));
}
