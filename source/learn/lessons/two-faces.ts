import { models } from '../../modems/simulated.ts';
import { findScenario, type Scenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import { hasTold, type Seen, spoilings } from '../bench/seen.ts';

const firstNode = 0;

export const twoFaces: Lesson = {
	name: 'two-faces',
	title: 'Two faces of one modem',
	prepare: (draw) => {
		const healthy = findScenario('healthy');
		const loader = findScenario('loader');
		const faces: { what: string; scenario: Scenario }[] = draw.shuffled([
			{ what: 'app', scenario: healthy },
			{ what: 'loader', scenario: loader },
			{ what: 'other', scenario: { ...healthy, model: draw.one([models.EM7565, models.MC7455]) } },
			{ what: 'edl', scenario: findScenario('emergency') },
		]);
		const place = (what: string) => faces.findIndex((face) => face.what === what);
		const [app, held, edl] = [place('app'), place('loader'), place('edl')];
		const tty = (modem: number, number: number) => `ttyUSB${firstNode + modem * 3 + number}`;
		const others = (seen: Seen, ...right: number[]) =>
			seen.opened
				.filter(({ modem }) => !right.includes(modem))
				.map(({ port }) => `${port} belongs to another device.`);
		return {
			firstNode,
			text: [
				'A modem shows one of two faces. Its application has several interfaces; number 3 is AT. Its boot loader has one, and takes firmware. An RC7620 is 1199:68c0 in both: only the interfaces tell. A chip whose boot loader is gone shows its own emergency loader, 05c6:9008. Never send AT to a loader: it takes the letters for junk. Four devices are below, each interface with its port. Type:',
				'open PORT        opens a port; what it says is shown below',
				'at PORT COMMAND  opens a port and sends an AT command',
			],
			modems: faces.map(({ scenario }) => scenario),
			tasks: [
				{
					says: 'Send ATI to the RC7620 that runs its application.',
					done: (seen) => hasTold(seen, 'ATI: OK', app),
					wrong: (seen) => [
						...others(seen, app),
						...spoilings(seen),
						...seen.opened
							.filter((each) => each.modem === app && each.interface !== 3)
							.map((each) => `${each.port} is interface ${each.interface}, not the AT port.`),
					],
					hint: 'Id 1199:68c0 with four interfaces; the AT port is the tty of interface 3.',
					best: [`at ${tty(app, 2)} ATI`],
				},
				{
					says: 'The RC7620 that holds in its loader: open its port, and hear its HELLO.',
					done: (seen) => hasTold(seen, 'the loader said HELLO, mode 3', held),
					wrong: (seen) => [...others(seen, held), ...spoilings(seen)],
					hint: 'The other 1199:68c0 has one interface. Open it, send nothing, and wait 2.',
					best: [`open ${tty(held, 0)}`, 'wait 2'],
				},
				{
					says: 'The chip in its emergency loader: open its port and hear its HELLO.',
					done: (seen) =>
						hasTold(seen.whole, 'the emergency loader said HELLO', edl) && isOpen(seen, edl),
					wrong: (seen) => [...others(seen, edl), ...spoilings(seen)],
					hint: 'It is the Qualcomm id that ends in 9008.',
					best: [`open ${tty(edl, 0)}`],
				},
			],
		};
	},
};

const isOpen = ({ opened }: Seen, modem: number) => opened.some((each) => each.modem === modem);
