import { numberOf } from '../../protocol/fields.ts';
import { saharaExecuteIds } from '../../protocol/sahara/sahara.ts';
import { findScenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import {
	hasTold,
	leftLoader,
	lostLoader,
	type Seen,
	spoilings,
	startOver,
	toldOf,
} from '../bench/seen.ts';

const asked = [0xff01, 0xff02, 0xff03] as const;

export const hello: Lesson = {
	name: 'hello',
	title: 'HELLO, byte by byte',
	prepare: (draw) => {
		const id = draw.one(asked);
		const port = `ttyUSB${draw.number(0, 7)}`;
		const hex = `0x${id.toString(16)}`;
		return {
			firstNode: Number(port.slice(6)),
			shows: 'hex',
			text: [
				'In Sahara the loader speaks first: HELLO, once. A packet is 32-bit numbers, low byte first (02 00 00 00 is 2): command, length, fields. "words N…" sends them; 0*6 is six zeros. Your version may be any from its oldest to its own.',
				'HELLO      1 48  version  oldest version  longest packet  mode  0*6',
				'HELLO_RSP  2 48  version  oldest version  status          mode  0*6',
				'Mode 3 takes commands: EXECUTE, 13 12 ID, asks for ID, and EXECUTE_DATA, 15 12 ID, fetches the answer. First wait 2 s after you open the port.',
			],
			modems: [findScenario('loader')],
			tasks: [
				{
					says: `Open ${port} and let the loader speak first.`,
					done: (seen) =>
						hasTold(seen, 'the loader said HELLO, mode 3') && spokeFirst(seen).length === 0,
					blocked: leftLoader,
					wrong: spokeFirst,
					hint: `open ${port}, then wait 2. Send nothing.`,
					best: [`open ${port}`, 'wait 3'],
				},
				{
					says: 'Answer with HELLO_RSP: its versions, status 0, the mode that it offers.',
					done: (seen) => seen.frames.some(({ name }) => name === 'CMD_READY'),
					blocked: lostLoader,
					wrong: (seen) => [
						...spoilings(seen),
						...answers(seen).flatMap(({ fields }) => {
							const field = (name: string) => numberOf(fields, name);
							const [version, oldest, mode] = ['version', 'version min', 'mode'].map(field);
							if (mode !== 3) return [`You asked for mode ${mode}; its HELLO has mode 3.`];
							if (version! < oldest!)
								return [`You said version ${version}, and that you take none before ${oldest}.`];
							const isTaken = version === 1 || version === 2;
							return isTaken ? [] : [`You said version ${version}; its HELLO has 2, and takes 1.`];
						}),
					],
					hint: 'words 2 48 VERSION 1 0 MODE 0*6, with VERSION 2 and MODE 3 from its HELLO.',
					best: ['words 2 48 2 1 0 3 0*6'],
				},
				{
					says: `Ask it for its ${nameOf(id)}: EXECUTE ${hex}, then EXECUTE_DATA.`,
					done: (seen) => hasItsData(seen, id),
					blocked: lostLoader,
					wrong: (seen) => [
						...spoilings(seen),
						...seen.frames
							.filter(({ name, dir }) => dir === 'in' && name.startsWith('END_IMAGE'))
							.map(() => 'The loader refused that command.'),
					],
					hint: `words 13 12 ${hex}, then, when the loader answered, words 15 12 ${hex}.`,
					best: [`words 13 12 ${hex}`, 'wait 1', `words 15 12 ${hex}`],
				},
			],
		};
	},
};

const spokeFirst = (seen: Seen): string[] =>
	toldOf(seen, 'did not expect').map(() => `You spoke first, and spoiled it. ${startOver}`);

/** The name of their frame ends with the mode. */
const answers = ({ frames }: Seen) => frames.filter(({ name }) => name.startsWith('HELLO_RSP'));

/** It was asked for its data, and sent them. */
function hasItsData({ frames }: Seen, id: number): boolean {
	const asked = frames.findIndex(
		({ name, fields }) => name === 'EXECUTE_DATA' && numberOf(fields, 'execute') === id,
	);
	const answer = frames[asked + 1];
	return asked >= 0 && answer?.dir === 'in' && !answer.name.startsWith('END_IMAGE');
}

const nameOf = (id: (typeof asked)[number]) => saharaExecuteIds[id].replace(' (Sierra)', '');
