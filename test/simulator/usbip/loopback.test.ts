import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const file = resolve(import.meta.dirname, '../../../source/simulator/usbip/socket-pair.ts');
/** Root anywhere, and others where user namespaces are allowed, have a loopback of their own that is down. */
const alone = (...args: readonly string[]) =>
	spawnSync('unshare', ['-rn', ...args], { encoding: 'utf8', timeout: 20_000 });
const canBeAlone = alone('true').status === 0;

it.runIf(canBeAlone)(
	'a modem for this machine needs its loopback, and says so where that is down',
	() => {
		const script = `const { socketPair } = await import('${file}');
		await socketPair().catch(({ name, sentence }) => console.log(name, sentence))`;
		const { stdout } = alone(process.execPath, '--input-type=module', '-e', script);
		expect(stdout).toMatch(
			/^Problem This machine cannot speak to itself over 127\.0\.0\.1 \(E\w+\)/m,
		);
		expect(stdout).toContain('Next: bring it up with "ip link set lo up".');
	},
);
