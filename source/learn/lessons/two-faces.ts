import { models } from '../../modems/simulated.ts';
import { findScenario, type Scenario } from '../../simulator/modem/scenarios.ts';
import type { Lesson } from '../bench/lesson.ts';
import { hasTold, type Seen, spoiled, spoilings } from '../bench/seen.ts';

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
				'A modem shows one of two faces. Its application has several USB interfaces; number 3 takes AT commands. Its boot loader has one, takes firmware, and says HELLO once. An RC7620 is 1199:68c0 in both: count its interfaces. A chip without boot loader shows its emergency loader, 05c6:9008. Never send AT to a loader: it takes it for junk. Four devices are below (if: interface). Type:',
				'open PORT        opens a port; what the modem says is shown below',
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
					hint: 'It is 1199:68c0 with four interfaces. Send to the port after its number 3.',
					best: [`at ${tty(app, 2)} ATI`],
				},
				{
					says: 'Find the RC7620 in its loader: open its port, and hear its HELLO.',
					done: (seen) =>
						hasTold(seen.whole, 'the loader said HELLO, mode 3', held) && isOpen(seen, held),
					blocked: (seen) => spoiled(seen, held),
					wrong: (seen) => [...others(seen, held), ...spoilings(seen)],
					hint: 'The other 1199:68c0 has one interface. open its port; send nothing.',
					best: [`open ${tty(held, 0)}`, 'wait 2'],
				},
				{
					says: 'Find the chip in its emergency loader: open its port, and hear its HELLO.',
					done: (seen) =>
						hasTold(seen.whole, 'the emergency loader said HELLO', edl) && isOpen(seen, edl),
					blocked: (seen) => spoiled(seen, edl),
					wrong: (seen) => [...others(seen, edl), ...spoilings(seen)],
					hint: 'Its id ends in 9008. open its port.',
					best: [`open ${tty(edl, 0)}`],
				},
			],
		};
	},
};

const isOpen = ({ opened }: Seen, modem: number) => opened.some((each) => each.modem === modem);
