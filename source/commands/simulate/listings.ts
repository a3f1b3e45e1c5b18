import { scenarios } from '../../simulator/modem/scenarios.ts';
import type { Listing } from '../common/command.ts';

/** The scenarios of the simulated modem, for the help. */
export const scenarioListings = (): Listing[] => [
	{ title: 'Scenarios', rows: scenarios.map(({ name, says }) => [name, says] as const) },
];
