import { resolve } from 'node:path';
import type { ViewContext } from '../../actions/view-context.ts';
import { TypedDialog } from '../../components/dialogs/TypedDialog.tsx';

/** Asks for the path of a firmware file, which `use` is given whole. */
export function askFirmwarePath(
	context: ViewContext,
	title: string,
	use: (path: string) => Promise<void>,
): void {
	const options = {
		title,
		says: ['An SPK, CWE or NVU file.'],
		prompt: 'Path:',
		refuse: (typed: string) =>
			typed === '' ? 'Type the path of a file, or press Esc.' : undefined,
		run: (typed: string) => void context.attempt(() => use(resolve(typed))),
	};
	context.openOverlay((close) => new TypedDialog(options, close));
}
