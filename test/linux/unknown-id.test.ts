import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { attribute, meet, shortCommit, speed, until } from './modem.ts';
import { modemscope, succeeds } from './run.ts';

const image = join(mkdtempSync(join(tmpdir(), 'unknown-')), 'small.spk');

test('a loader that no driver knows is spoken to over its endpoints; the line of the rule no-driver gives it a tty', async () => {
	await smallRehearsalImage(image);
	await meet('no-driver', shortCommit, speed);
	const plan = modemscope('flash', image, '--dry-run', '--protocol', 'sahara');
	expect([await plan.exit, plan.said.join('\n')]).toEqual([0, expect.stringMatching(/no tty/)]);

	const watch = modemscope('watch', '--json', '--for', '5');
	await watch.exit;
	const finding = watch.events.find(({ rule }) => rule === 'no-driver');
	const next = (finding?.next as string[]) ?? [];
	const line = /echo .*new_id/.exec(next.join('\n'))?.[0] ?? '';
	expect(line).toContain(`echo 1199 ${attribute('idProduct')}`);

	const flash = modemscope('flash', image, '--yes-flash', 'RC7620', '--settle', '5');
	await succeeds(flash);
	expect(flash.said.join('\n')).toMatch(/bulk endpoints/);
});

test('the line of the rule no-driver makes the kernel bind its driver', async () => {
	await meet('no-driver', {}, 1);
	expect(existsSync('/dev/ttyUSB0')).toBe(false);
	const id = `1199 ${attribute('idProduct')}`;
	execFileSync('sh', ['-c', `echo ${id} | tee /sys/bus/usb-serial/drivers/qcserial/new_id`]);
	await until(() => existsSync('/dev/ttyUSB0'), 'the tty is there');
	const watch = modemscope('watch', '--json', '--for', '4');
	await watch.exit;
	const came = watch.events.findLast(({ type }) => /came|changed/.test(String(type)));
	expect(came).toMatchObject({ mode: 'loader', nodes: ['ttyUSB0'] });
	expect(watch.events.some(({ rule }) => rule === 'no-driver')).toBe(false);
});
