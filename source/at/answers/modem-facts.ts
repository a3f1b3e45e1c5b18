import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../../events.ts';
import { type Field, fieldsOf } from './read.ts';

/** What a modem has said of itself, and when: the newest value of each field. */
export class ModemFacts {
	/** Never changed: copies share it. */
	#fields: ReadonlyMap<string, Field> = new Map();
	/** When something was last learnt, seconds. */
	readAt: number | undefined;
	/** When AT!IMPREF was last set, seconds: the modem heeds it from its next start. */
	preferenceSetAt: number | undefined;

	/** Others that go on from here by themselves. */
	copy(): ModemFacts {
		const copy = new ModemFacts();
		copy.#fields = this.#fields;
		copy.readAt = this.readAt;
		copy.preferenceSetAt = this.preferenceSetAt;
		return copy;
	}

	get(key: string): Field | undefined {
		return this.#fields.get(key);
	}

	get isEmpty(): boolean {
		return this.#fields.size === 0;
	}

	add(event: Event): void {
		if (event.type !== 'at-answered') return;
		if (event.result === 'OK' && /^AT!IMPREF=[^?]/i.test(event.command)) {
			this.preferenceSetAt = event.t;
		}
		if (event.lines.length === 0) return;
		const fields = fieldsOf(event.command, event.lines);
		if (fields.length === 0) return;
		const known = this.#stillTrue(fields);
		// A modem is asked the same again and again: what it says as before is held once.
		const fresh = fields.filter((field) => !isDeepStrictEqual(field, known.get(field.key)));
		this.#fields =
			fresh.length === 0
				? known
				: new Map([...known, ...fresh.map((one) => [one.key, one] as const)]);
		this.readAt = event.t;
	}

	/** What was known before, as far as an answer with these fields leaves it true. */
	#stillTrue(fields: readonly Field[]): ReadonlyMap<string, Field> {
		const imei = fields.find(({ key }) => key === 'imei');
		// Another modem: nothing of the one before is true of it.
		if (imei && this.get('imei') && this.get('imei')?.value !== imei.value) return new Map();
		// What an answer does not say any more is so no more.
		const told = fields.some(({ key }) => key === 'preferredFirmware');
		if (!told || !this.#fields.has('mismatch')) return this.#fields;
		return new Map([...this.#fields].filter(([key]) => key !== 'mismatch'));
	}

	/** The fields of the card, in its order; those that are not known are left out. */
	get card(): Field[] {
		return cardKeys.flatMap((key) => this.get(key) ?? []);
	}
}

const cardKeys = [
	'model',
	'revision',
	'priPartNumber',
	'priRevision',
	'customer',
	'carrierPri',
	'state',
	'lowPowerBy',
	'mismatch',
	'preferredFirmware',
	'preferredCarrier',
	'currentFirmware',
	'currentCarrier',
	'currentConfig',
	'resetCounter',
	'crash',
	'crashFile',
	'crashLine',
	'crashText',
	'crashAction',
	'updateStatus',
	'interfaceBitmask',
	'appPid',
	'bootPid',
	'temperature',
	'sim',
	'registration',
	'imei',
] as const;
