/** What a finding rests on, where its rule does not say: the moment that led to it. */
import type { Finding, Moment } from './rule.ts';

type Evidence = NonNullable<Finding['evidence']>;

export function restsOn({ event, frames }: Moment): Evidence {
	const framed = frames.map(({ t, number, protocol, name }) => ({
		t,
		says: `frame ${number}: ${protocol} ${name}`,
		frame: number,
	}));
	if (framed.length > 0) return framed.slice(-1);
	if (!event) return [];
	const { t } = event;
	switch (event.type) {
		case 'usb-came':
		case 'usb-changed': {
			const { vid, pid, path } = event.device;
			const did = event.type === 'usb-came' ? 'came' : 'changed';
			return [{ t, says: `${vid}:${pid} ${did} at ${path}` }];
		}
		case 'usb-went':
			return [{ t, says: `${event.vid}:${event.pid} went from ${event.path}` }];
		case 'at-answered':
			return [{ t, says: `${event.command}: ${event.result}` }];
		case 'flash-ended':
			return [{ t, says: `the flash ended: ${event.message}` }];
		case 'port-lost':
			return [{ t, says: `${event.port} went away: ${event.why}` }];
		case 'note':
			return [{ t, says: event.text }];
		default:
			return [];
	}
}
