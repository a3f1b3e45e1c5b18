import { basename } from 'node:path';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { ChoiceDialog } from '../../components/dialogs/ChoiceDialog.tsx';

/** Writes a recording in a format of another program. */
export async function askExport(context: ViewContext, path: string): Promise<void> {
	const exporter = await context.open.exporter?.();
	if (!exporter) return;
	const choices = exporter.formats.map(({ name, says }) => ({
		label: name,
		says,
		run: () =>
			void context.attempt(async () => {
				context.toasts.show(await exporter.write(path, name));
			}),
	}));
	const says = 'Serial numbers and what tells one SIM card from others are masked in it.';
	const title = `Export ${sanitize(basename(path))}`;
	context.openOverlay((close) => new ChoiceDialog(title, says, choices, close));
}
