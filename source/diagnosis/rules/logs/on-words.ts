/** Rules about what a tool's text says. */
import { type FindingText, type Moment, on, type Rule } from '../../evidence/rule.ts';

/** Said once, and again when something else was said between. */
export const onWords =
	(judge: (text: string, moment: Moment) => FindingText | undefined) => (): Rule => {
		let said: string | undefined;
		return on(['note'], (moment) => {
			const words = judge(moment.event.text, moment);
			if (!words || words.title === said) return undefined;
			said = words.title;
			return words;
		});
	};
