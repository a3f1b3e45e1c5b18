/** Which files are flashed together: firmware, and the settings of a carrier. */
import { basename } from 'node:path';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Session } from '../../../session/session.ts';
import { askPath } from '../../actions/path-dialog.ts';
import type { ViewContext } from '../../actions/view-context.ts';
import { type Choice, ChoiceDialog } from '../../components/dialogs/ChoiceDialog.tsx';
import { grouped } from '../../text/format.ts';

/** The plan is of the open file; one that goes on with an earlier flash has that one's files. */
export function mayAdd({ firmware, modem, flash }: Session): boolean {
	const plan = modem?.flasher.plan;
	if (!firmware.opened || plan?.mode !== 'flash' || flash.running) return false;
	return [plan.file, ...plan.others].includes(firmware.opened.file.path);
}

/** Offers the files at hand, one by its path, and to leave out what was added. */
export async function askAdd(context: ViewContext): Promise<void> {
	const { modem, firmware } = context.session;
	if (!modem) return;
	const { flasher } = modem;
	const add = (path: string) => flasher.add(path);
	const inPlan = [firmware.opened?.file.path, ...flasher.added];
	const atHand = (await firmware.list()).filter(({ path }) => !inPlan.includes(path));
	const choices: Choice[] = [
		...atHand.map(({ path, name, size, from }) => ({
			label: sanitize(name),
			says: `Plans with it: ${grouped(size)} bytes, ${sanitize(from)}.`,
			run: () => void context.attempt(() => add(path)),
		})),
		{
			label: 'A file by its path',
			says: 'Plans with an SPK, CWE or NVU file from elsewhere.',
			run: () => askPath(context, 'Add a file to the plan', add),
		},
		...flasher.added.map((path) => ({
			label: `Leave out ${sanitize(basename(path))}`,
			says: 'Plans without it.',
			run: () => void context.attempt(() => flasher.leaveOut(path)),
		})),
	];
	const says =
		'Firmware and the settings of a carrier go in one session, the largest first. Nothing is started yet.';
	context.openOverlay((close) => new ChoiceDialog('Add a file to the plan', says, choices, close));
}
