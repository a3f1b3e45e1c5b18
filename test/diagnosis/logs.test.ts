import { expect, test } from 'vitest';
import { rules } from '../../source/diagnosis/rules/index.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { ReadModels } from '../../source/session/read-models.ts';
import { fieldPath } from '../recording/field.ts';
import {
	came,
	diagnose,
	findingsOf,
	flashEnded,
	flashStarted,
	hello,
	note,
	rulesOf,
} from './events.ts';

async function rulesOfField(name: string) {
	const { events } = await openAny(fieldPath(name));
	return findingsOf(events).map(({ rule }) => rule);
}

test('the field texts give the findings of their case', async () => {
	expect(await rulesOfField('rc7620-update-qmi-hangup.txt')).toEqual(['qmi-hangup']);
	expect(await rulesOfField('rc7620-fwdwl-litearm.txt')).toEqual(['online-wait']);
	expect(await rulesOfField('rc7620-lsusb-bootloop.txt')).toEqual([]);
});

test('qmi-hangup: once, and not for another error', () => {
	const hangup = note("error: couldn't open QMI device: endpoint hangup");
	expect(
		rulesOf([
			[0, hangup],
			[1, hangup],
		]),
	).toEqual(['qmi-hangup']);
	expect(rulesOf([[0, note('error: couldn’t open QMI device: timeout')]])).toEqual([]);
});

test('fwdwl-failed: at 100 % the packet without data is named before the supply', () => {
	const found = diagnose([[0, note('litefw_DownloadFW failed: 120')]]);
	expect(found).toMatchObject([{ rule: 'fwdwl-failed' }]);
	expect(found[0]!.next[0]).toMatch(/sends no empty packet behind it.*supply too/);
});

test('online-wait: only when the download has succeeded', () => {
	expect(rulesOf([[0, note('Waiting for modem to come up in ONLINE mode …')]])).toEqual([]);
});

test('flash-failed: with the state of the modem and the next step of the flash', () => {
	const found = diagnose([
		[0, flashStarted],
		[9, flashEnded(7)],
	]);
	expect(found).toMatchObject([{ rule: 'flash-failed', certainty: 'proven' }]);
	expect(found[0]!.means).toContain('The modem is in its loader.');
	expect(found[0]!.next[0]).toBe('power-cycle it.');
	expect(
		rulesOf([
			[0, flashStarted],
			[9, flashEnded(0)],
		]),
	).toEqual(['flash-done']);
	expect(
		rulesOf([
			[0, flashStarted],
			[9, flashEnded(6)],
		]),
	).toEqual([]);
});

test('findings among the events are passed over', () => {
	const [finding] = diagnose([[0, hello(2)]]);
	expect(finding!.rule).toBe('crash-dump');
	expect(findingsOf([finding!])).toEqual([]);
});

test('memory is bounded: ten thousand ports and paths are forgotten again', () => {
	const models = new ReadModels();
	for (let index = 0; index < 10_000; index++) {
		const fact = came({ count: 1 }) as Extract<ReturnType<typeof came>, { type: 'usb-came' }>;
		const device = { ...fact.device, path: `1-${index}` };
		models.add({ t: index / 1e4, source: 'usb', type: 'usb-came', device });
		models.add({ t: index / 1e4, source: 'port', type: 'port-opened', port: `p${index}` });
	}
	expect(models.pass(20).findings.length).toBeLessThanOrEqual(Object.keys(rules).length);
});

test('diag-not-loader: as libqmi words it', () => {
	const said = 'error: error creating device: unexpected response received in dload sdp: 0x13';
	expect(rulesOf([[0, note(said)]])).toEqual(['diag-not-loader']);
	expect(rulesOf([[0, note(said.replace('0x13', '0x03'))]])).toEqual([]);
});
