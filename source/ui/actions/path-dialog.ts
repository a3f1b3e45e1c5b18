import { resolve } from 'node:path';
import { TypedDialog } from '../components/dialogs/TypedDialog.tsx';
import type { ViewContext } from './view-context.ts';

const firmware = 'An SPK, CWE or NVU file.';

/** Asks for the path of a file, a firmware file unless `says` names others; `use` is given it whole. */
export function askPath(
	context: ViewContext,
	title: string,
	use: (path: string) => void | Promise<void>,
	says = firmware,
): void {
	const options = {
		title,
		says: [says],
		prompt: 'Path:',
		refuse: (typed: string) =>
			typed === '' ? 'Type the path of a file, or press Esc.' : undefined,
		run: (typed: string) => void context.attempt(() => use(resolve(typed))),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}
