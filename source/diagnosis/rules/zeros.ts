import { bootEvents, PerBootState } from '../evidence/per-boot-state.ts';
import { on, type Rule } from '../evidence/rule.ts';

/** Commands that zeros alone have answered, before it is said. */
const enough = 2;
const atCommand = /^(?:41|61)(?:54|74)/;
const onlyZeros = /^(?:00)+$/;

export function zeros(): Rule {
	const states = new PerBootState(() => ({ asked: false, answers: 0, told: false }));
	return on([...bootEvents, 'bytes'], ({ event }) => {
		states.add(event);
		if (event.type !== 'bytes' || event.hex === '') return undefined;
		const state = states.of(event.port);
		if (event.dir === 'out') {
			if (atCommand.test(event.hex)) state.asked = true;
			return undefined;
		}
		if (!onlyZeros.test(event.hex)) {
			state.answers = 0;
			return undefined;
		}
		if (state.asked) state.answers++;
		state.asked = false;
		if (state.answers < enough || state.told) return undefined;
		state.told = true;
		return {
			title: 'The AT port answers with zero bytes only',
			means:
				'What answers is not the application: the modem waits in its boot loader, where no AT command is understood.',
			next: [
				'Look at the USB view: one interface means the loader.',
				'Power-cycle the modem before it is flashed: it has been sent bytes that it did not understand.',
				'Run modemscope flash FILE, which listens first.',
			],
			certainty: 'likely',
			reference: 'openwrt forum 198043',
		};
	});
}
