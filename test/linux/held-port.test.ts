import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { meet, until } from './modem.ts';
import { modemscope, program } from './run.ts';

test('a port that another process holds is refused, and that process is named', async () => {
	await meet('healthy', {}, 1);
	await until(() => existsSync('/dev/ttyUSB2'), 'the AT port is there');
	const holder = program('sh', '-c', 'exec sleep 100 </dev/ttyUSB2');
	const at = modemscope('at', '--port', '/dev/ttyUSB2', 'ATI');
	const code = await at.exit;
	console.log(at.said.join('\n'));
	expect(code).toBe(4);
	expect(at.said.join('\n')).toMatch(new RegExp(`sleep.*${holder.pid}|${holder.pid}.*sleep`));
});
