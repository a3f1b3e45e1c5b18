import type { Clock } from '../clock.ts';
import type { Link } from '../link/link.ts';
import { exitCode, Problem } from '../problem.ts';
import { type DecodedField, numberOf } from '../protocol/fields.ts';
import { qmiErrors } from '../protocol/qmi/errors.ts';
import { type QmiMessage, qmiMessages } from '../protocol/qmi/messages.ts';
import { beginsQmux, encodeQmi, type QmiFrame, readQmi } from '../protocol/qmi/qmi.ts';
import type { Values } from '../protocol/qmi/shape.ts';

export type QmiAnswer = {
	readonly fields: readonly DecodedField[];
	/** The name of the error; undefined when it worked. */
	readonly error: string | undefined;
};

const deviceManagement = 2;
/** How often libqmi asks for a client, for a modem that is still starting (qfu-utils.c). */
const clientTries = 3;

/** A client of the modem's device management (DMS). */
export class QmiClient {
	readonly #link: Link;
	readonly #clock: Clock;
	#client = 0;
	#transaction = 0;
	#held: Buffer = Buffer.alloc(0);

	private constructor(link: Link, clock: Clock) {
		this.#link = link;
		this.#clock = clock;
	}

	/** Begins a talk. Throws a Problem when nobody answers, or gives out no client. */
	static async open(link: Link, clock: Clock): Promise<QmiClient> {
		const talk = new QmiClient(link, clock);
		// A modem that has just come may take its time, and some refuse it: that is no hindrance.
		await talk.ask('SYNC');
		for (let tries = 1; ; tries++) {
			const { fields, error } = await talk.ask('ALLOC_CID', { 1: { service: deviceManagement } });
			talk.#client = numberOf(fields.toReversed(), 'client');
			if (error === undefined && talk.#client > 0) return talk;
			if (tries < clientTries) continue;
			throw new Problem(exitCode.noDevice, `The modem gives out no QMI client: ${error}.`);
		}
	}

	/** Asks, and waits for the answer as long as the message's table says. Throws a Problem when none comes. */
	async ask(name: string, tlvs: Readonly<Record<number, Values>> = {}): Promise<QmiAnswer> {
		const message = qmiMessages.find((one) => one.name === name)!;
		const client = message.service === 0 ? 0 : this.#client;
		const transaction = (this.#transaction % 0xff) + 1;
		this.#transaction = transaction;
		await this.#link.write(encodeQmi(message, { tlvs, client, transaction }));
		const frame = await this.#answer(message, transaction);
		if (!frame) {
			const says = `The modem did not answer ${name} over QMI within ${message.within} s.`;
			throw new Problem(exitCode.noDevice, says);
		}
		const failed = numberOf(frame.fields, 'result') !== 0;
		const code = numberOf(frame.fields, 'error');
		const error = qmiErrors[code]?.name ?? `error ${code}`;
		return { fields: frame.fields, error: failed ? error : undefined };
	}

	/** Gives the client back, as far as the modem still hears it. */
	async close(): Promise<void> {
		const client = { service: deviceManagement, client: this.#client };
		await this.ask('RELEASE_CID', { 1: client }).catch(() => {});
	}

	async #answer(message: QmiMessage, transaction: number): Promise<QmiFrame | undefined> {
		const deadline = this.#clock.now() + message.within;
		for (;;) {
			while (beginsQmux(this.#held) === 'no') this.#held = this.#held.subarray(1);
			const frame = this.#held.length > 0 ? readQmi(this.#held) : undefined;
			if (!frame) {
				const more = await this.#link.read(Math.max(0, deadline - this.#clock.now()));
				if (!more) return undefined;
				this.#held = Buffer.concat([this.#held, more]);
				continue;
			}
			this.#held = this.#held.subarray(frame.length);
			const is = (name: string, value: number) => numberOf(frame.fields, name) === value;
			const isAnswer = frame.sender === 'modem' && is('transaction', transaction);
			if (isAnswer && is('service', message.service) && is('message', message.id)) return frame;
		}
	}
}
