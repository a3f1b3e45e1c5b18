/** What the guard sees, as a file for node_exporter's textfile collector (Prometheus' text format). */
import type { Mode } from '../modems/product.ts';
import type { PortTimeline } from '../usb/timeline/timeline.ts';
import { type Act, acts, type Done } from './budget.ts';

export type Seen = {
	/** Seconds since 1970. */
	readonly now: number;
	readonly ports: readonly PortTimeline[];
	/** How often a modem came, by port path. */
	readonly comings: ReadonlyMap<string, number>;
	/** Findings that hold, by rule. */
	readonly findings: readonly { readonly rule: string }[];
	readonly done: readonly Done[];
	readonly stopped: boolean;
};

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

const modes: readonly Mode[] = ['application', 'loader', 'edl', 'memory dump'];

export function metricsText(seen: Seen): string {
	const { ports, comings, findings, done } = seen;
	const by = (value: (port: PortTimeline) => number): Sample[] =>
		ports.map((port) => [{ path: port.path }, value(port)]);
	const loops = ports.flatMap(({ path, loop }) => (loop ? [{ path, loop }] : []));
	const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
	const count = (act: Act, ok: boolean) =>
		done.filter((one) => one.act === act && one.ok === ok).length;
	return [
		family('mode', 'gauge', '1 for the mode that the modem is in, 0 for all when it is gone.', [
			...ports.flatMap(({ path, spans }) => {
				const now = spans.at(-1);
				return modes.map(
					(mode): Sample => [
						{ path, mode },
						Number(now !== undefined && now.to === undefined && now.mode === mode),
					],
				);
			}),
		]),
		family(
			'comings_total',
			'counter',
			'How often a modem came, since the guard began.',
			[...comings].map(([path, value]): Sample => [{ path }, value]),
		),
		family(
			'boot_loop',
			'gauge',
			'1 while the modem is in a boot loop.',
			by(({ loop }) => Number(!!loop)),
		),
		family(
			'boot_loop_cycles',
			'gauge',
			'Starts in a row that ended in a reset.',
			loops.map(({ path, loop }): Sample => [{ path }, loop.cycles]),
		),
		family(
			'boot_loop_period_seconds',
			'gauge',
			'The median from one coming to the next.',
			loops.map(({ path, loop }): Sample => [{ path }, loop.period]),
		),
		family(
			'finding',
			'gauge',
			'1 for each rule whose finding holds.',
			rules.map((rule): Sample => [{ rule }, 1]),
		),
		family(
			'guard_acts',
			'gauge',
			'The last fifty acts of the guard, by how they ended.',
			acts.flatMap((act): Sample[] => [
				[{ act, result: 'done' }, count(act, true)],
				[{ act, result: 'failed' }, count(act, false)],
			]),
		),
		family('guard_stopped', 'gauge', '1 when it acts no more, until a person has looked.', [
			[{}, Number(seen.stopped)],
		]),
		family('guard_seen_timestamp_seconds', 'gauge', 'When this was written.', [[{}, seen.now]]),
	].join('');
}

function family(name: string, type: string, help: string, samples: readonly Sample[]): string {
	if (samples.length === 0) return '';
	const full = `modemscope_${name}`;
	const lines = samples.map(([labels, value]) => `${full}${labelText(labels)} ${value}\n`);
	return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
	const pairs = Object.entries(labels).map(
		([name, value]) =>
			`${name}="${value.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`,
	);
	return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}
