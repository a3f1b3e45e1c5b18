import { expect, test } from 'vitest';
import { AtChannel } from '../../source/at/channel.ts';
import type { Fact } from '../../source/events.ts';
import { type Model, models } from '../../source/modems/simulated.ts';
import type { AtBehaviour } from '../../source/simulator/at/behaviour.ts';
import { meet } from './host.ts';

/** An application that behaves so, and a channel to it. */
async function speakTo(atBehaviour: AtBehaviour, model: Model = models.RC7620) {
	const modem = await meet('healthy', { but: { atBehaviour, model } });
	const said: Fact[] = [];
	const open = () =>
		new AtChannel(modem.backend.open('ttyUSB2'), modem.clock, (_, fact) => said.push(fact));
	const unasked = () => said.flatMap((fact) => (fact.type === 'at-unsolicited' ? [fact.line] : []));
	return { ...modem, open, unasked };
}

test.each([
	[{ instead: 'nothing' }, 'no answer'],
	[{ instead: 'zeros' }, 'zero bytes only'],
	[{ instead: 'binary' }, 'binary, not AT'],
	[{ instead: 'flood' }, 'no end of it'],
	[{ echoAfter: 2 }, 'OK'],
	[{ unsolicited: ['+CREG: 1', 'RING'] }, 'OK'],
] as const)('%j ends in %s, and again', async (atBehaviour, result) => {
	const { open, modem } = await speakTo(atBehaviour);
	const channel = open();
	for (let time = 0; time < 2; time++) {
		const answer = await channel.send('ATI', 5);
		expect(answer.result).toBe(result);
		expect(answer.lines).toHaveLength(result === 'OK' ? 7 : 0);
	}
	await modem.stop();
});

test('errors have numbers where it is told so', async () => {
	const { open, modem } = await speakTo({ numericErrors: true });
	expect((await open().send('AT!IMPREF?', 5)).result).toBe('+CME ERROR: 3');
	await modem.stop();
});

test('settings outlive a reset, the unlock does not, and RMARESET brings back what was provisioned', async () => {
	const { open, modem, until } = await speakTo({});
	const first = open();
	expect((await first.send('AT!USBCOMP=1,1,100D', 5)).result).toBe('ERROR');
	expect((await first.send('AT!ENTERCND="A710"; !USBCOMP = 1,1,100D', 5)).result).toBe('OK');
	expect((await first.send('AT!RESET', 5)).result).toBe('OK');
	await until(0);
	await until(4);
	const second = open();
	expect((await second.send('AT!USBCOMP?', 5)).result).toBe('ERROR');
	await second.send('AT!ENTERCND="A710"', 5);
	expect((await second.send('AT!USBCOMP?', 5)).lines).toContain(
		'Interface bitmask: 0000100D (diag,nmea,modem,mbim)',
	);
	await second.send('AT!RMARESET=1', 5);
	expect((await second.send('AT!USBCOMP?', 5)).lines.join()).toContain('0000010D');
	await modem.stop();
});

test('a 9x50 has its ports in type 3, and other ids and no port of Linux in type 1', async () => {
	const { open, modem, until } = await speakTo({}, models.EM7565);
	const at = open();
	await at.send('AT!ENTERCND="A710"', 5);
	expect((await at.send('AT!USBCOMP?', 5)).lines).toContain('Config Type:  3 (Legacy-Generic)');
	expect((await at.send('AT!USBCOMP=1,3,100D', 5)).result).toBe('OK');
	expect((await at.send('AT!USBCOMP=1,4,100D', 5)).result).toBe('ERROR');
	expect((await at.send('AT!USBCOMP=1,1,1009', 5)).result).toBe('OK');
	await at.send('AT!RESET', 5);
	await until(0);
	const typed = await until(5);
	expect(typed).toMatchObject({ vid: '1199', pid: '90b1' });
	expect(typed?.interfaces.map(({ driver, nodes }) => [driver, nodes[0]])).toEqual([
		['cdc_mbim', 'cdc-wdm0'],
		['cdc_mbim', undefined],
		...Array(3).fill([undefined, undefined]),
	]);
	await modem.stop();
});
