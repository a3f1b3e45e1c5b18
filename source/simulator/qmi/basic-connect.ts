/**
 * The service Basic Connect of an MBIM modem (MBIM 1.0, chapter 10), as far as ModemManager needs it
 * to manage one (mm-broadband-modem-mbim.c); the values are those that its AT port tells.
 */
import { qmiService } from '../../protocol/qmi/mbim.ts';
import type { Facts } from '../at/answers.ts';

/** a289cc33-bcbb-8b4f-b6b0-133ec2aae6df, as the wire has it. */
export const basicConnectService = Buffer.from('a289cc33bcbb8b4fb6b0133ec2aae6df', 'hex');

export const basicCommands = {
	deviceCaps: 1,
	subscriberReadyStatus: 2,
	radioState: 3,
	pin: 4,
	deviceServices: 16,
	subscribeList: 19,
} as const;

const embedded = 1;
const gsm = 1;
const withoutVoice = 1;
const removableSim = 2;
const umts = 0x04;
const lte = 0x20;
const longMessages = 3;
const choosesNetworks = 1;
const sessions = 8;

const initialized = 1;
const pin1 = 2;
const unlocked = 0;
/** What a SIM says that has three attempts left. */
const attempts = 3;
/** A SIM of the test network 001-01. */
const sim = { subscriber: '001010000000000', card: '8900101000000000000' } as const;

const word = (value: number) => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
};

/** Numbers, and what stands behind them all: its place and length stand where it belongs (10.3). */
function lay(...parts: readonly (number | string | Buffer)[]): Buffer {
	let end = parts.reduce<number>((sum, part) => sum + (typeof part === 'number' ? 4 : 8), 0);
	const behind: Buffer[] = [];
	const head = parts.map((part) => {
		if (typeof part === 'number') return word(part);
		const bytes = typeof part === 'string' ? Buffer.from(part, 'utf16le') : part;
		const place = Buffer.concat([word(bytes.length > 0 ? end : 0), word(bytes.length)]);
		const whole = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
		behind.push(whole);
		end += whole.length;
		return place;
	});
	return Buffer.concat([...head, ...behind]);
}

const capabilities = ({ model, revision }: Facts) =>
	lay(
		...[embedded, gsm, withoutVoice, removableSim, umts | lte],
		...[longMessages, choosesNetworks, sessions],
		...['', '000000000000000', revision.split(' ')[0]!, model.name],
	);

const services = () => {
	const one = (service: Buffer, commands: readonly number[]) =>
		Buffer.concat([service, ...[0, 0, commands.length, ...commands].map(word)]);
	const known = [one(basicConnectService, Object.values(basicCommands)), one(qmiService, [1])];
	return lay(known.length, 0, ...known);
};

export type MbimQuestion = {
	readonly service: Buffer;
	readonly command: number;
	readonly isSet: boolean;
	readonly information: Buffer;
};

/** Answers commands of the service until the modem resets; undefined to one that it does not know. */
export function basicConnect(facts: () => Facts): (question: MbimQuestion) => Buffer | undefined {
	let radio = 1;
	return ({ service, command, isSet, information }) => {
		if (!service.equals(basicConnectService)) return undefined;
		switch (command) {
			case basicCommands.deviceCaps:
				return capabilities(facts());
			case basicCommands.subscriberReadyStatus:
				return lay(initialized, sim.subscriber, sim.card, 0, 0);
			case basicCommands.radioState:
				if (isSet && information.length >= 4) radio = information.readUInt32LE();
				return lay(1, radio);
			case basicCommands.pin:
				return isSet ? undefined : lay(pin1, unlocked, attempts);
			case basicCommands.deviceServices:
				return services();
			case basicCommands.subscribeList:
				return information;
			default:
				return undefined;
		}
	};
}
