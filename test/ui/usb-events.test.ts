import { expect, it } from 'vitest';
import { UsbState } from '../../source/ui/views/usb/usb-state.ts';
import { bootLoop, FakeSession, loader } from './fake-session.ts';
import { createTestConsole } from './test-console.tsx';

it('makes the rows of comings and goings anew only when one came, went or changed', () => {
	const session = new FakeSession().add(...bootLoop(3));
	const { rows, context } = createTestConsole({ session });
	const made = () => {
		rows();
		const { view } = context;
		return view instanceof UsbState ? view.events : [];
	};
	const first = made();
	expect(first).toHaveLength(6);
	session.add({ t: 60, source: 'log', type: 'note', text: 'nothing of USB' });
	expect(made()).toBe(first);
	session.add({ t: 61, source: 'usb', type: 'usb-came', device: loader });
	expect(made()).toHaveLength(7);
	session.add({ t: 62, source: 'at', type: 'armed', command: 'AT!BOOTHOLD', path: '3-1' });
	expect(made()).toHaveLength(8);
	session.add({ t: 63, source: 'usb', type: 'usb-went', path: '3-1', vid: '1199', pid: '68c0' });
	expect(made()).toHaveLength(9);
});
