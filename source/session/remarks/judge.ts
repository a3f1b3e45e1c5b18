/** Which events, frames and findings stand out, and how much. */
import { weightOf } from '../../diagnosis/findings.ts';
import type { Event, EventOf } from '../../events.ts';
import { numberOf } from '../../protocol/fields.ts';
import type { TrafficFrame } from '../../recording/log/traffic.ts';
import { kernelError } from '../../usb/scan/kernel-log.ts';
import type { Place, Remark, RemarkGroup, Severity } from './remark.ts';

export type Judged = Omit<Remark, 'number'>;

export function judgeEvent(event: Event): readonly Judged[] {
	const { t } = event;
	const say = (
		severity: Severity,
		group: RemarkGroup,
		says: string,
		among: Place['among'] = 'events',
	): Judged[] => [{ severity, group, says, place: { t, among } }];
	switch (event.type) {
		case 'port-lost':
			return say('warning', 'Link', `${event.port} went away: ${event.why}`);
		case 'note':
			return kernelError.test(event.text) ? say('error', 'Link', event.text) : [];
		case 'at-answered': {
			if (event.result === 'OK') return [];
			const says = `${event.command}: ${event.result}`;
			return / /.test(event.result) && !event.result.startsWith('+')
				? say('warning', 'Link', says, 'at')
				: say('note', 'Device', says, 'at');
		}
		case 'fired':
			return event.result === 'OK'
				? []
				: say('warning', 'Sequence', `${event.command}, armed: ${event.result}`, 'at');
		case 'flash-plan':
			return event.checks
				.filter(({ state }) => state !== 'ok')
				.flatMap(({ name, says, overridden }) =>
					say(
						overridden ? 'warning' : 'note',
						'Sequence',
						overridden ? `${name} was set aside: ${says}` : `${name}: ${says}`,
					),
				);
		case 'flash-phase':
			return event.state === 'failed'
				? say(
						'error',
						'Sequence',
						`${event.phase} failed${event.detail ? `: ${event.detail}` : ''}`,
					)
				: [];
		case 'flash-ended':
			return event.exit === 0 ? [] : say('error', 'Sequence', event.message);
		default:
			return [];
	}
}

export function judgeFrame(frame: TrafficFrame): Judged | undefined {
	const { t, number, protocol, name, problem, fields, dir, bytes } = frame;
	const place: Place = { t, among: 'traffic', frame: number };
	const what = `frame ${number}, ${protocol} ${name}`;
	const say = (severity: Severity, says: string): Judged => ({
		severity,
		group: 'Protocol',
		says,
		place,
	});
	// What a person types into a raw port goes byte by byte; our own messages are whole.
	const isTyped = dir === 'out' && bytes.length === 1;
	if (problem !== undefined && !isTyped) return say('warning', `${what}: ${problem}`);
	// A loader names the payload that it takes with a NAK: that is how both agree.
	if (/\bNAK\b/.test(name)) return say(name.includes('MaxPayload') ? 'note' : 'warning', what);
	const status = protocol === 'Sahara' && dir === 'in' ? numberOf(fields, 'status') : undefined;
	return status ? say('error', `${what}: status ${status}`) : undefined;
}

export function judgeFinding(finding: EventOf<'finding'>): Judged {
	const { t, rule, title } = finding;
	const severity = (['error', 'warning', 'warning', 'note'] as const)[weightOf({ rule })] ?? 'note';
	const group = groups[rule] ?? 'Device';
	return { severity, group, says: title, place: { t, among: 'usb' }, finding };
}

/** What rules find; where a rule is not named, it is about the device. */
const groups: Readonly<Partial<Record<string, RemarkGroup>>> = {
	'enumeration-fails': 'Link',
	'bad-supply': 'Link',
	'comes-and-goes': 'Link',
	'regular-resets': 'Link',
	'qmi-hangup': 'Link',
	'write-stalls': 'Link',
	'missed-hello': 'Protocol',
	'diag-not-loader': 'Protocol',
	'refused-firehose': 'Protocol',
	'speaks-no-qdl': 'Protocol',
	'unsupported-protocol': 'Protocol',
	zeros: 'Protocol',
	'flash-failed': 'Sequence',
	'flash-done': 'Sequence',
	'online-wait': 'Sequence',
	'fwdwl-failed': 'Sequence',
	'fdt-failed': 'Sequence',
	'qfirehose-failed': 'Sequence',
	'no-driver': 'Host',
	'missing-node': 'Host',
	'at-unbound': 'Host',
	autosuspend: 'Host',
	'no-driver-line': 'Host',
	'no-network': 'Host',
};
