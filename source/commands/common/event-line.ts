import { explained } from '../../at/results.ts';
import { type Event, versionless } from '../../events.ts';
import { grouped } from '../../protocol/text/numbers.ts';
import { modeLabel, nodesLabel } from '../../usb/device/modes.ts';

/** An event as lines for a person, without its time; none for those that are for machines. */
export function eventLines(event: Event): readonly string[] {
	switch (event.type) {
		case 'usb-came':
		case 'usb-changed': {
			const { device } = event;
			const sign = event.type === 'usb-came' ? '+' : '~';
			return [
				`${sign} ${device.path} ${device.vid}:${device.pid} ${modeLabel(device)} ${nodesLabel(device)}`.trim(),
			];
		}
		case 'usb-went':
			return [`- ${event.path} ${event.vid}:${event.pid}`];
		case 'port-opened':
			return [`opened ${event.port}`];
		case 'port-lost':
			return [`lost ${event.port}: ${event.why}`];
		case 'at-sent':
			return [`> ${event.command}`];
		case 'at-answered':
			return [...event.lines, explained(event.result)].map((line) => `< ${line}`);
		case 'at-unsolicited':
			return [`* ${event.line}`];
		case 'armed':
			return [`armed ${event.command} for ${event.path}`];
		case 'fired':
			return [
				`fired ${event.command} ${milliseconds(event.after)} after the port appeared: ${event.result}`,
			];
		case 'disarmed':
			return [`disarmed ${event.command}: ${event.why}`];
		case 'flash-started':
			return [
				`flashing ${event.model} at ${event.path} with ${[event.file, ...(event.others ?? [])].join(', then ')}${event.to === versionless ? '' : `, version ${event.to}`}`,
			];
		case 'flash-plan':
			return event.checks
				.filter(({ overridden }) => overridden)
				.map(({ name, says }) => `overridden by a person: ${name}: ${says}`);
		case 'flash-phase':
			return [`${event.phase}: ${event.state}${event.detail ? `, ${event.detail}` : ''}`];
		case 'flash-progress':
			return [
				`${((event.sent / event.total) * 100).toFixed(1)} %  ${grouped(event.sent)} of ${grouped(event.total)} bytes`,
			];
		case 'flash-ended':
			return [event.message, event.modem, event.next && `Next: ${event.next}`].flatMap(
				(line) => line || [],
			);
		case 'finding':
			return [
				`! ${event.title}`,
				`  ${event.means}`,
				...event.next.map((step) => `  Next: ${step}`),
			];
		case 'mark':
			return [`# ${event.text}`];
		case 'note':
			return [event.text];
		default:
			return [];
	}
}

/** The same with its time before the first line, and the room that takes before the others. */
export function timedLines(event: Event): readonly string[] {
	const time = `${event.t.toFixed(3).padStart(9)}  `;
	return eventLines(event).map(
		(line, index) => (index === 0 ? time : ' '.repeat(time.length)) + line,
	);
}

const milliseconds = (seconds: number) => `${Math.round(seconds * 1000)} ms`;
