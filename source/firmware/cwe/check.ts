export type CheckState = 'checked' | 'failed' | 'not checkable';

export type CheckName =
	| 'file length'
	| 'size'
	| 'tiling'
	| 'PSB CRC'
	| 'image CRC'
	| 'CRC indicator'
	| 'strings'
	| 'revision'
	| 'type'
	| 'duplicate'
	| 'options'
	| 'settings'
	| 'compressed'
	| 'encrypted'
	| 'signature'
	| 'delta patch';

export type Check = {
	/** Offset in the file of the image that it is about. */
	readonly image: number;
	readonly name: CheckName;
	readonly state: CheckState;
	/** What was found, in one plain sentence. */
	readonly says: string;
};
