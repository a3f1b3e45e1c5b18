import type { ModemFacts } from '../../at/answers/modem-facts.ts';
import type { NextStep, Standing } from './standing.ts';

/** A modem that runs and keeps its radio off; `from` is when its application came. */
export function lowPowerStanding(facts: ModemFacts, from: number): Standing {
	return {
		state: 'low power',
		words: 'low power',
		grade: 'warn',
		says: 'The application runs and keeps its radio off.',
		next: nextOf(facts, from),
	};
}

function nextOf(facts: ModemFacts, from: number): NextStep {
	const { readAt = 0, preferenceSetAt = 0 } = facts;
	if (preferenceSetAt > from) {
		return {
			action: 'send',
			line: 'AT!RESET',
			says: 'Reset it: what it prefers is set, and holds from its next start.',
		};
	}
	if (readAt < from) return { action: 'read-state', says: 'Ask it again: it has started anew.' };
	const voters = facts.get('lowPowerBy')?.value ?? '';
	if (facts.get('mismatch') || /IMSWITCH|GOBIIM/i.test(voters)) {
		return {
			action: 'send',
			line: `AT!IMPREF="${carrierOf(facts)}"`,
			says: 'Let it prefer what it runs. It asks first.',
		};
	}
	return /user/i.test(voters)
		? { action: 'send', line: 'AT+CFUN=1', says: 'Turn its radio on again. It asks first.' }
		: { action: 'read-state', says: 'Ask it again when the cause is gone.' };
}

/** Of the carrier settings that it runs; what a modem says is typed only where it is a plain name. */
function carrierOf(facts: ModemFacts): string {
	const carrier = facts.get('currentCarrier')?.value ?? '';
	return /^[\w-]+$/.test(carrier) ? carrier : 'GENERIC';
}
