/** A maker's package as rows: its files with their sums, and the steps of its XML. */
import type { FileCheck } from '../../../firmware/package/md5.ts';
import type { FirmwarePackage } from '../../../firmware/package/quectel.ts';
import type { Step } from '../../../firmware/partitions/partition-set.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { ListState } from '../../list/list-state.ts';
import type { Appearance } from '../../text/appearance.ts';
import { grouped } from '../../text/format.ts';
import { fitLeft, fitRight, shorten, wrap } from '../../text/lines.ts';

export class PackageLists {
	readonly files = new ListState();
	readonly steps = new ListState();

	update(found: FirmwarePackage, width: number): void {
		const { checks, set } = found;
		this.files.update({
			first: 0,
			end: checks.length,
			about: (index) => {
				const { file, state, says } = checks[index]!;
				return { text: `${file} ${says}`, fields: { file, check: state } };
			},
			copy: (index) => `${checks[index]!.file}: ${checks[index]!.says}`,
			fields: ['file', 'check'],
			source: found,
		});
		this.steps.update({
			first: 0,
			end: set.steps.length,
			about: (index) => ({ text: stepRow(set.steps[index]!, width), fields: {} }),
			copy: (index) => stepRow(set.steps[index]!, width).trimEnd(),
			fields: [],
			source: found,
		});
	}

	toStart(): void {
		this.files.toStart();
		this.steps.toStart();
	}
}

/** Rows of sentences under the name of the package; the lists need the rest. */
const most = 4;

/** What there is to say of it as a whole, the gravest first. */
export function packageSummary(
	{ paint }: Appearance,
	{ name, set, checks, programmer, notes }: FirmwarePackage,
	width: number,
): string[] {
	const failed = checks.filter(({ state }) => state === 'failed');
	const open = checks.filter(({ state }) => state === 'not checkable');
	const state = failed.length
		? paint.bad(`${failed.length} of ${checks.length} files have another MD5`)
		: open.length
			? paint.warn(`${open.length} of ${checks.length} files are not in md5.txt`)
			: paint.good('every MD5 is right');
	const sentences = [
		...failed.map(({ file, says }) => `${file}: ${says}`),
		...notes,
		`For a chip in EDL (05c6:9008), with ${programmer.name}; the storage is ${set.storage}.`,
	];
	return [
		` ${paint.strong(sanitize(name))}   ${grouped(set.size)} bytes   ${state}`,
		...sentences
			.flatMap((says) => wrap(sanitize(says), width - 2))
			.map((row) => ` ${row}`)
			.slice(0, most),
	];
}

/** Columns of everything but the file's path. */
const fixed = 12;

export const fileHead = (width: number): string => `${fitLeft('FILE', width - fixed)} MD5`;

export function fileRow({ paint, symbols }: Appearance, { file, state }: FileCheck, width: number) {
	const words = {
		checked: paint.good(`${symbols.done} ok`),
		failed: paint.bad(`${symbols.failed} FAILED`),
		'not checkable': paint.warn('? unknown'),
	};
	return `${shorten(sanitize(file), width - fixed)} ${words[state]}`;
}

export const stepHead = `${fitLeft('STEP', 8)} ${fitRight('SECTOR', 16)} ${fitRight('BYTES', 12)}  WHAT`;

export function stepRow({ verb, label, image, room, attributes }: Step, width: number): string {
	const bytes = image ? grouped(image.size) : '';
	const what = image?.name ?? (verb === 'erase' ? `${label}, ${room} sectors` : label);
	const row = `${fitLeft(verb, 8)} ${fitRight(attributes.start_sector ?? '', 16)} ${fitRight(bytes, 12)}  ${what}`;
	return shorten(sanitize(row), width);
}
