/** Several files that are flashed in one session. */
import type { FirmwareFile } from '../../firmware/firmware-file.ts';
import { type Modem, matchModem } from '../../firmware/match.ts';
import { halfOf, judgePairs } from '../../firmware/pair.ts';
import type { PlanCheck } from '../model/plan.ts';
import type { ResumePoint } from '../model/resume.ts';

/** The largest first, as libqmi sends them: firmware, then its settings (qfu-updater.c). */
export const inOrder = (files: readonly FirmwareFile[]): FirmwareFile[] =>
	files.toSorted((a, b) => b.size - a.size);

/** Whether they belong together, and to the model. */
export function setChecks(files: readonly FirmwareFile[], modem: Modem): PlanCheck[] {
	const [main, ...others] = files;
	if (!main || others.length === 0) {
		return main && halfOf(main) === 'settings'
			? [
					{
						name: 'files',
						state: 'warn',
						says: 'the file holds settings alone: the firmware stays as it is. For both: modemscope flash FILE.cwe FILE.nvu',
					},
				]
			: [];
	}
	const firmware = files.filter((file) => halfOf(file) !== 'settings');
	if (firmware.length !== 1) {
		const says = `${firmware.length} of the ${files.length} files hold firmware: one is wanted, and its settings`;
		return [{ name: 'files', state: 'refuse', says }];
	}
	const products = others.flatMap((file) =>
		matchModem(file, modem)
			.filter(({ name, state }) => name === 'product' && state !== 'ok')
			.map(
				({ state, says }): PlanCheck => ({ name: 'files', state, says: `${file.name}: ${says}` }),
			),
	);
	const pairs = judgePairs(files).map(({ state, says }): PlanCheck => {
		const clause = says.replace(/\.$/, '');
		if (state === 'failed') return { name: 'files', state: 'refuse', says: clause };
		return { name: 'files', state: state === 'checked' ? 'ok' : 'warn', says: clause };
	});
	return [...products, ...pairs];
}

/** Which files a resumed session still needs, and whether they are those that it began with. */
export function remainingCheck(
	files: readonly FirmwareFile[],
	rest: ResumePoint | undefined,
): PlanCheck {
	const size = files.reduce((sum, file) => sum + file.size, 0);
	if (rest?.size !== size) {
		const says = 'the files are not those of the flash that stopped: flash them from the start';
		return { name: 'way', state: 'refuse', says };
	}
	const left = files.slice(rest.accepted).map(({ name }) => name);
	const says = `only ${left.join(', ')} is written, in the session that still runs`;
	return { name: 'way', state: 'ok', says };
}
