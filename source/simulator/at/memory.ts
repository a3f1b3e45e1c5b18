import type { Model } from '../../modems/simulated.ts';
import type { AtBehaviour } from './behaviour.ts';

/** What the application keeps over resets, as far as AT commands show and change it. */
export type AtMemory = {
	/** Type and bits of AT!USBCOMP, these hexadecimal; a reset shows the modem so. */
	compositionType: number;
	composition: string;
	/** AT!EROPTION. */
	crashAction: string;
	/** What AT!IMPREF prefers where that is not what runs. */
	preferred: { firmware?: string; carrier?: string; config?: string } | undefined;
	/** Lines of AT!ERR and AT!GCDUMP; none when they were cleared. */
	errors: string[];
	crash: string[];
	custom: Map<string, string>;
	imagesDeleted: boolean;
	password: string;
};

const crashOf = ({ device, released }: Model) => [
	'Src:  FatalError',
	'File: swi_power.c',
	'Line: 1234',
	'Str:  Assert failed: rehearsal',
	'Prc:  MPSS',
	'Task: swiapp',
	'Time: 00012345',
	'Regs: 00000000 00000001 00000002 00000003',
	`App ver: ${device}_${released.firmware}`,
];

export function atMemory(
	{ mismatch, crashed }: AtBehaviour,
	model: Model,
	usbComp?: number,
): AtMemory {
	return {
		...provisioned(),
		compositionType: usbComp ?? model.family.usbComp?.generic ?? 1,
		preferred: mismatch ? { firmware: '00.02.00.00' } : undefined,
		errors: crashed ? ['00   02 swi_power.c      01234', '01   01 swi_fwupd.c      00321'] : [],
		crash: crashed ? crashOf(model) : [],
	};
}

/** As the maker provisioned it, what AT!RMARESET=1 restores. */
const provisioned = () => ({
	composition: '0000010D',
	crashAction: '1',
	preferred: undefined,
	custom: new Map([['FASTENUMEN', '0x02']]),
	imagesDeleted: false,
	password: 'A710',
});

export function restore(memory: AtMemory): void {
	Object.assign(memory, provisioned());
}
