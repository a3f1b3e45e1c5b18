import type { Clock } from '../../clock.ts';
import { type Model, modelInType } from '../../modems/simulated.ts';
import type { Facts, Leaving } from '../at/answers.ts';
import type { AtMemory } from '../at/memory.ts';
import { answerAt } from '../at/port.ts';
import type { Composition } from '../device/devices.ts';
import { answerDiag } from '../device/diag-port.ts';
import { Endpoint } from '../device/endpoint.ts';
import type { Logger } from '../device/logger.ts';
import { insideMbim } from '../qmi/mbim.ts';
import { answerQmi } from '../qmi/port.ts';
import type { Scenario } from './scenarios.ts';

/** Seconds from the coming of the application to the first command that it hears. */
const ready = 0.2;
/** Seconds from the answer that announces a reset to the end of the device. */
const farewell = 0.2;

/** Nobody writes to NMEA: it is silent. */
export function applicationPorts(clock: Clock, power: AbortSignal) {
	const port = () => new Endpoint(clock, power);
	return { diag: port(), nmea: port(), at: port(), qmi: port() };
}

/** The numbers of their interfaces (qcserial.c, layout SWI; option.c for an EM919x). */
const swi = { diag: 0, nmea: 2, at: 3, qmi: 8 } as const;
export const interfaceNumbers: Readonly<
	Record<Composition, Partial<Record<keyof ReturnType<typeof applicationPorts>, number>>>
> = {
	all: swi,
	qmi: { qmi: swi.qmi },
	mbim: { qmi: 12 },
	'mbim and at': { diag: 4, at: 3, qmi: 0 },
	none: {},
	'mbim usbif': { qmi: 0, at: 2, nmea: 3, diag: 4 },
	'pcie usbif': { at: 0, nmea: 1, diag: 2 },
};
/** Its ids and ports in the type of AT!USBCOMP that it is set to. */
export function shownAs(
	{ model, composition }: Pick<Scenario, 'model' | 'composition'>,
	{ compositionType }: AtMemory,
): { readonly model: Model; readonly composition: Composition } {
	const typed = modelInType(model, compositionType);
	if (!typed || typed.applicationPid === model.applicationPid) return { model, composition };
	return { model: typed, composition: compositionType === 1 ? 'mbim usbif' : 'pcie usbif' };
}

const speaksMbim = (composition: Composition) => composition.startsWith('mbim');

/** Answers on every port until one answer makes the application leave, or it crashes. */
export async function runApplication(
	{ diag, at, qmi }: ReturnType<typeof applicationPorts>,
	{
		facts,
		scenario,
		composition,
		crashesAfter,
		clock,
		power,
		log,
	}: {
		facts: () => Facts;
		scenario: Scenario;
		composition: Composition;
		/** Seconds; undefined for one that stays. */
		crashesAfter: number | undefined;
		clock: Clock;
		power: AbortSignal;
		log: Logger;
	},
): Promise<Leaving | 'crash'> {
	const wait = async (seconds: number) => {
		await clock.sleep(seconds, power);
		power.throwIfAborted();
	};
	const answering = async (answer: () => Promise<Leaving>) => {
		await wait(ready);
		const leaving = await answer();
		await wait(farewell);
		return leaving;
	};
	const ways: Promise<Leaving | 'crash'>[] = [
		answering(() => answerAt(at, facts, { ...scenario, clock }, log)),
		...(scenario.answersQmi
			? [
					answering(() => {
						const pipe = speaksMbim(composition) ? insideMbim(qmi, facts) : qmi;
						return answerQmi(pipe, facts, scenario, log);
					}),
				]
			: []),
		answerDiag(diag, scenario.model),
	];
	if (crashesAfter !== undefined) ways.push(wait(crashesAfter).then(() => 'crash'));
	// The end of the power ends those that lose this race.
	for (const way of ways) way.catch(() => {});
	return Promise.race(ways);
}
