/** docs/glossary.md, made from the words that `?` shows. */
import { glossary } from '../source/ui/text/glossary.ts';

export const glossaryPage = (): string =>
	[
		'# Glossary',
		'',
		'The words of the screens, as `?` shows them too. Made from `source/ui/text/glossary.ts` by',
		'`npm run build:docs`. The rules have a page of their own, `docs/rules.md`.',
		'',
		'| word | means |',
		'| --- | --- |',
		...glossary.map(([term, means]) => `| ${term} | ${means} |`),
		'',
	].join('\n');
