import {
	type Event,
	type EventOf,
	type ImageRange,
	type UsbDevice,
	versionless,
} from '../../events.ts';
import { grouped } from '../../protocol/text/numbers.ts';

/** Images deeper than this are drawn as deep as this. */
const deepest = 8;

/** The lines of one event for a person. Bytes and payload are shown by their frames instead. */
export function eventLines(event: Event): string[] {
	switch (event.type) {
		case 'usb-came':
			return [`+ ${deviceText(event.device)}`];
		case 'usb-changed':
			return [`~ ${deviceText(event.device)}`];
		case 'usb-went':
			return [
				`- ${event.path}  ${event.vid}:${event.pid}${event.unseen ? '  (gone by now: nobody saw when)' : ''}`,
			];
		case 'port-opened':
			return [`* ${event.port} opened`];
		case 'port-closed':
			return [`* ${event.port} closed`];
		case 'port-lost':
			return [`* ${event.port} went away: ${event.why}`];
		case 'at-sent':
			return [`> ${event.command}`];
		case 'at-answered':
			return [
				...event.lines.map((line) => `< ${line}`),
				event.untimed ? `< ${event.result}` : `< ${event.result}  ${event.seconds.toFixed(3)} s`,
			];
		case 'at-unsolicited':
			return [`< ${event.line}`];
		case 'armed':
			return [`* ${event.command} armed for the next window of ${event.path}`];
		case 'fired':
			return [`* ${event.command} fired after ${event.after.toFixed(3)} s: ${event.result}`];
		case 'disarmed':
			return [`* ${event.command} disarmed: ${event.why}`];
		case 'images':
			return [`* images in ${event.file}`, ...event.images.map(imageLine)];
		case 'finding':
			return [`! ${event.title}`];
		case 'mark':
			return [`* mark: ${event.text}`];
		case 'note':
			return noteLines(event.text);
		case 'bytes':
		case 'payload':
			return [];
		default:
			return flashLines(event);
	}
}

type FlashEvent = EventOf<
	'flash-started' | 'flash-plan' | 'flash-phase' | 'flash-progress' | 'flash-ended'
>;

function flashLines(event: FlashEvent): string[] {
	switch (event.type) {
		case 'flash-started':
			return [
				`* flash of ${event.model} at ${event.path} begins: ${[event.file, ...(event.others ?? [])].join(', then ')}, ${grouped(event.size)} bytes`,
				event.to === versionless
					? '  partitions do not tell the version of their firmware'
					: `  version ${event.from ?? 'not known'} to ${event.to}`,
			];
		case 'flash-plan':
			return event.checks.map(
				({ name, state, says, overridden }) =>
					`  ${overridden ? 'overridden' : state} ${name}: ${says}`,
			);
		case 'flash-phase':
			return [`* ${event.phase} ${event.state}${event.detail ? `: ${event.detail}` : ''}`];
		// The bytes that were sent are shown as payload.
		case 'flash-progress':
			return [];
		case 'flash-ended':
			return [
				`* flash ended, exit ${event.exit}: ${event.message}`,
				`  ${event.modem}`,
				...(event.next === undefined ? [] : [`  Next: ${event.next}`]),
			];
	}
}

function deviceText({ path, vid, pid, product, interfaces }: UsbDevice): string {
	const nodes = interfaces.flatMap((entry) => entry.nodes);
	const count = interfaces.length === 1 ? '1 interface' : `${interfaces.length} interfaces`;
	const known = interfaces.length > 0 ? [count] : [];
	return [path, `${vid}:${pid}`, ...known, ...nodes, product ?? ''].join('  ').trimEnd();
}

function imageLine({ start, end, depth, type, version }: ImageRange): string {
	const offset = `0x${start.toString(16).padStart(7, '0')}`;
	const size = `${grouped(Math.max(end - start, 0))} bytes`.padStart(17);
	const indent = '  '.repeat(Math.min(depth, deepest) + 1);
	return `${indent}${offset} ${size}  ${type ?? ''} ${version ?? ''}`.trimEnd();
}

/** The level and the ranges of a debug log are noise: the tree of images says the latter better. */
function noteLines(text: string): string[] {
	if (/\[qfu-image-cwe\] image (?:at offset|offset range)/.test(text)) return [];
	return [`  ${text.replace(/^\[Debug\] /, '')}`];
}
