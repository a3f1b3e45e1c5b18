/** Pictures of the real console, made from shipped recordings by what makes screencasts. */
import { resolve } from 'node:path';
import xterm from '@xterm/headless';
import { type ExportOptions, exportRecording } from '../source/commands/recording/export.ts';

type Picture = {
	readonly recording: string;
	readonly film: NonNullable<ExportOptions['film']>;
	/** The last frame up to this second of the film. */
	readonly at: number;
	/** What it shows, for who cannot see it. */
	readonly title: string;
};

const film = { width: 92, height: 24, speed: 1, idle: 1000 } as const;

export const pictures: Readonly<Record<string, Picture>> = {
	'boot-loop': {
		recording: 'recordings/boot-loop.ndjson',
		film: { ...film, view: 'usb' },
		at: Number.POSITIVE_INFINITY,
		title: 'modemscope shows an RC7620 in a boot loop: up 2.4 s, down 12 s, again and again',
	},
	flash: {
		recording: 'recordings/sahara-firehose.ndjson',
		film: { ...film, view: 'flash' },
		at: 9.9,
		title: 'modemscope flashes an RC7620: steps, frames, and the meaning of the chosen frame',
	},
};

const cell = { width: 8.4, height: 17 } as const;
const margin = 10;
const paper = '#16181d';
const ink = '#d7dae0';
const basic = [
	...['#000000', '#cd3131', '#0dbc79', '#e5e510', '#2472c8', '#bc3fbc', '#11a8cd', '#e5e5e5'],
	...['#666666', '#f14c4c', '#23d18b', '#f5f543', '#3b8eea', '#d670d6', '#29b8db', '#ffffff'],
];

/** The colours of xterm: 16 by name, a cube of six steps, and grey. */
function palette(index: number): string {
	const named = basic[index];
	if (named !== undefined) return named;
	const step = (value: number) => (value === 0 ? 0 : 55 + 40 * value);
	const cube = index - 16;
	const grey = 8 + 10 * (index - 232);
	const parts =
		index > 231
			? [grey, grey, grey]
			: [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
	return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Renderers of SVG let blanks go. */
const unbroken = (text: string) => escaped(text).replaceAll(' ', '\u00a0');

type Terminal = InstanceType<typeof xterm.Terminal>;

/** A row as runs of cells that look the same. */
function rowSvg(terminal: Terminal, row: number): string {
	const line = terminal.buffer.active.getLine(row);
	if (!line) return '';
	const runs: { look: string; ground: string; from: number; text: string }[] = [];
	for (let column = 0; column < terminal.cols; column++) {
		const one = line.getCell(column);
		if (!one) continue;
		const own = one.isFgPalette() ? palette(one.getFgColor()) : ink;
		const [fill, ground] = one.isInverse() ? [paper, own] : [own, ''];
		const bold = one.isBold() ? ' font-weight="bold"' : '';
		const dim = one.isDim() ? ' opacity="0.6"' : '';
		const look = `fill="${fill}"${bold}${dim}`;
		const last = runs.at(-1);
		if (last?.look === look && last.ground === ground) last.text += one.getChars() || ' ';
		else runs.push({ look, ground, from: column, text: one.getChars() || ' ' });
	}
	const top = margin + row * cell.height;
	return runs
		.map(({ look, ground, from, text }) => {
			const x = (margin + from * cell.width).toFixed(1);
			const width = (text.length * cell.width).toFixed(1);
			const box = `<rect x="${x}" y="${top}" width="${width}" height="${cell.height}" fill="${ground}"/>`;
			const words = `<text x="${x}" y="${top + 13}" textLength="${width}" ${look}>${unbroken(text)}</text>`;
			return `${ground ? box : ''}${text.trim() ? words : ''}`;
		})
		.join('');
}

/** The picture as SVG; `root` is where the recordings are. */
export async function pictureSvg(root: string, name: string): Promise<string> {
	const { at, recording, title, film } = pictures[name]!;
	process.env.TZ = 'UTC';
	const terminal = new xterm.Terminal({
		cols: film.width,
		rows: film.height,
		allowProposedApi: true,
	});
	let cast = '';
	await exportRecording(resolve(root, recording), {
		to: 'asciicast',
		output: '-',
		film,
		out: () => {},
		write: async (piece) => {
			cast += piece;
		},
	});
	const [, ...frames] = cast.trim().split('\n');
	for (const frame of frames) {
		const [seconds, kind, bytes] = JSON.parse(frame) as [number, string, string];
		if (kind === 'o' && seconds <= at)
			await new Promise<void>((written) => terminal.write(bytes, written));
	}
	const width = Math.ceil(film.width * cell.width + 2 * margin);
	const height = film.height * cell.height + 2 * margin;
	const rows = Array.from({ length: film.height }, (_, row) => rowSvg(terminal, row));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
		`<title>${escaped(title)}</title>`,
		`<rect width="${width}" height="${height}" rx="6" fill="${paper}"/>`,
		'<g font-family="ui-monospace, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14">',
		...rows.filter(Boolean),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}
