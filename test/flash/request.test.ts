import { describe, expect, it } from 'vitest';
import { readRequest, requestOf } from '../../source/flash/job/request.ts';
import type { Plan } from '../../source/flash/model/plan.ts';
import { exitCode } from '../../source/problem.ts';

const live = { rehearsal: undefined };
const plan: Plan = {
	file: '/firmware/main.spk',
	others: ['/firmware/settings.nvu'],
	digest: 'abc',
	size: 9,
	path: '3-1',
	model: 'RC7620',
	from: '00.03.03.00',
	to: '00.08.24.02',
	mode: 'rest',
	resume: { accepted: 1, size: 9, loader: 59 },
	protocol: 'sahara',
	loaderProtocol: 'sahara',
	transport: 'usb',
	checks: [
		{ name: 'file', state: 'ok', says: 'whole' },
		{ name: 'product', state: 'warn', says: 'another', overridden: true },
	],
};

describe('what the process of a flash is asked to do', () => {
	it('is all that decides how the plan is made again', () => {
		const request = requestOf({ rehearsal: '/tmp/modem' }, plan, 'r.ndjson', 5);
		expect(readRequest(JSON.stringify(request))).toEqual({
			path: '3-1',
			rehearsal: '/tmp/modem',
			model: 'RC7620',
			file: '/firmware/main.spk',
			others: ['/firmware/settings.nvu'],
			digest: 'abc',
			from: '00.03.03.00',
			mode: 'rest',
			resume: { accepted: 1, size: 9, loader: 59 },
			protocol: 'sahara',
			transport: 'usb',
			overrides: ['product'],
			settle: 5,
			recording: 'r.ndjson',
		});
	});

	it.each([
		['no JSON', 'flash it'],
		['another mode', JSON.stringify({ ...requestOf(live, plan, 'r'), mode: 'out' })],
		['no model', JSON.stringify({ ...requestOf(live, plan, 'r'), model: undefined })],
	])('is refused when it is %s', (_, text) => {
		expect(() => readRequest(text)).toThrow(
			expect.objectContaining({ exit: exitCode.usage, modem: 'Nothing was written.' }),
		);
	});
});
