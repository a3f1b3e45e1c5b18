/** The console on a session that throws at every touch from SIGUSR2 on: a defect in each view at once. */
import { runConsole } from '../../source/ui/console.tsx';
import { isViewName } from '../../source/ui/text/view-names.ts';
import { bootLoop, FakeSession, flashStarted, hello } from '../ui/fake-session.ts';

let isBroken = false;
const session = new FakeSession().add(...bootLoop(3), ...hello, ...flashStarted);
const broken = new Proxy(session, {
	get(target, key) {
		if (isBroken) throw new Error('a fault from the test');
		const value = Reflect.get(target, key);
		return typeof value === 'function' ? value.bind(target) : value;
	},
});
process.on('SIGUSR2', () => {
	isBroken = true;
	session.add({ t: 200, source: 'log', type: 'note', text: 'something changed' });
});

const nowhere = () => Promise.reject(new Error('not in this test'));
const view = process.argv[2] ?? '';
process.exitCode = await runConsole(
	broken,
	{ live: nowhere, rehearsal: nowhere, replay: nowhere, paste: nowhere },
	isViewName(view) ? { view } : {},
).catch((error) => {
	console.log(`it ended with: ${error.message}`);
	return 1;
});
