import { allScenarios } from '../../simulator/modem/scenarios.ts';
import type { Listing } from '../common/command.ts';

/** The allScenarios of the simulated modem, for the help. */
export const scenarioListings = (): Listing[] => [
	{ title: 'Scenarios', rows: allScenarios.map(({ name, says }) => [name, says] as const) },
];
