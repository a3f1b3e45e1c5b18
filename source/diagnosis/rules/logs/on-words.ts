/** Rules about what a tool's text says. */
import type { Event } from '../../../events.ts';
import type { FindingText, Moment, Rule } from '../../evidence/rule.ts';

/** Said once, and again when something else was said between. */
export const onWords =
	(judge: (text: string, moment: Moment) => FindingText | undefined) => (): Rule => {
		let said: string | undefined;
		return (moment) => {
			const text = textOf(moment.event);
			if (text === undefined) return undefined;
			const words = judge(text, moment);
			if (!words || words.title === said) return undefined;
			said = words.title;
			return words;
		};
	};

export const textOf = (event: Event | undefined) =>
	event?.type === 'note' ? event.text : undefined;
