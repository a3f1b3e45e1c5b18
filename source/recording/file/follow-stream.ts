import type { Event, Header } from '../../events.ts';
import { parseHeader } from '../log/record.ts';
import { LineSplitter } from './lines.ts';
import { eventOf } from './reader.ts';

/**
 * Events as somebody pipes them here: a recording that is still written, or `watch --json` without a
 * header. Lines that are no events become notes. Resolves when the stream ends.
 */
export async function followStream(
	stream: AsyncIterable<Buffer>,
	onHeader: (header: Header) => void,
	onEvent: (event: Event) => void,
): Promise<void> {
	const splitter = new LineSplitter();
	let t = 0;
	for await (const chunk of stream) {
		for (const line of splitter.push(chunk)) {
			const header = line.number === 1 ? parseHeader(line.text) : undefined;
			if (header && 'value' in header) {
				onHeader(header.value);
				continue;
			}
			const event = eventOf(line, (text) => onEvent({ t, source: 'log', type: 'note', text }));
			if (!event) continue;
			t = event.t;
			onEvent(event);
		}
	}
}
