/** How the AT view shares its room. */
import { wide } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';

/** Where it is narrow, an answer is shown in its fields from so many rows above the command line on. */
const roomForFields = 12;
/** The most rows of fields there. */
const mostFields = 4;

export type AtLayout = {
	readonly isWide: boolean;
	readonly conversation: Size;
	/** Only where it is wide. */
	readonly card: Size;
	/** Without height where there is nothing to show in fields, or no room. */
	readonly fields: Size;
	readonly command: Size;
};

/** The command below; above it the conversation, and beside or under it the answer in its fields. */
export function atLayout(
	{ width, height }: Size,
	{ fieldCount, isTyping }: { fieldCount: number; isTyping: boolean },
): AtLayout {
	const isWide = width >= wide;
	const command = { width, height: isWide ? 6 : isTyping ? 7 : 5 };
	const room = height - command.height;
	if (isWide) {
		const side = Math.floor(width * 0.4);
		const lower = fieldCount === 0 ? 0 : Math.min(fieldCount + 2, Math.floor(room / 2));
		return {
			isWide,
			conversation: { width: width - side, height: room },
			card: { width: side, height: room - lower },
			fields: { width: side, height: lower },
			command,
		};
	}
	// While a line is typed, its help is what is read.
	const hasFields = fieldCount > 0 && !isTyping && room >= roomForFields;
	const below = hasFields ? Math.min(fieldCount, mostFields) + 1 : 0;
	return {
		isWide,
		conversation: { width, height: room - below },
		card: { width: 0, height: 0 },
		fields: { width, height: below },
		command,
	};
}
