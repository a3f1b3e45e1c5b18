/**
 * `npm run build:recordings`: records the lessons that ship, from simulated modems, as a console records
 * a real one; then puts marks into them that explain. Takes a minute.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findHost } from '../source/commands/common/find-host.ts';
import type { Event, Header } from '../source/events.ts';
import { smallRehearsalImage } from '../source/firmware/rehearsal/image.ts';
import { rehearsalPackage } from '../source/firmware/rehearsal/package.ts';
import { atMost, rehearsalPair } from '../source/firmware/rehearsal/pair.ts';
import { parseEvent, parseHeader, recordLine } from '../source/recording/log/record.ts';
import { self } from '../source/self.ts';
import { LiveSession } from '../source/session/kinds/live.ts';
import type { Session } from '../source/session/session.ts';
import { startRehearsal } from '../source/simulator/backend/rehearsal.ts';
import { type Lesson, lessons } from './lessons.ts';

const root = resolve(import.meta.dirname, '..');
process.chdir(root);
// A flash job and a simulated modem are processes of the built program.
process.argv[1] = resolve('dist/cli.js');
const work = mkdtempSync(join(tmpdir(), 'modemscope-lessons-'));
process.env.XDG_STATE_HOME = join(work, 'state');
/** Modem seconds in one of the wall. */
const speed = 20;

const firmware = {
	image: join(work, 'RC7620_lesson.spk'),
	pair: { firmware: join(work, 'MC7455_lesson.cwe'), settings: join(work, 'MC7455_lesson.nvu') },
	package: join(work, 'EC25_lesson'),
};
await smallRehearsalImage(firmware.image);
await rehearsalPair(firmware.pair, atMost(900_000));
await rehearsalPackage(firmware.package);

for (const lesson of lessons) await make(lesson);
rmSync(work, { recursive: true, force: true });

async function make(lesson: Lesson): Promise<void> {
	const { folder } = await startRehearsal({ scenario: lesson.scenario, speed, command: self() });
	const { host, origin, leave } = await findHost(folder);
	const session = await LiveSession.open(host, origin, leave);
	if (session.recorder.path === undefined) session.recorder.start();
	const wait = (what: (events: readonly Event[]) => boolean) => until(session, what);
	await lesson.act({ session, firmware, wait });
	const path = session.recorder.path;
	await session.end();
	if (path === undefined) throw new Error(`${lesson.name} was not recorded`);
	// Whoever reads it has neither folder: the ports are those of a machine, the file lies beside it.
	const text = readFileSync(path, 'utf8').replaceAll(`${folder}/`, '/').replaceAll(`${work}/`, '');
	writeFileSync(`recordings/${lesson.name}.ndjson`, explained(text, lesson));
	console.log(`recordings/${lesson.name}.ndjson`);
}

/** Waits for what the events tell. Throws after two minutes. */
async function until(session: Session, what: (events: readonly Event[]) => boolean) {
	for (let waited = 0; waited < 120_000; waited += 50) {
		if (what(session.log.events())) return;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error(`the modem did not do it: ${what}`);
}

/** The recording with its title and its marks. Throws where a mark finds no place. */
function explained(text: string, { title, marks }: Lesson): string {
	const [first = '', ...rest] = text.trim().split('\n');
	const header = parsedValue(parseHeader(first)) as Header;
	const events = rest.map((line) => parsedValue(parseEvent(line)) as Event);
	const found = new Map(marks.map((mark) => [events.findIndex(mark.at), mark.text]));
	if (found.has(-1) || found.size < marks.length)
		throw new Error(`a mark of "${title}" has no place`);
	const lines = events.flatMap((event, index) => {
		const mark = found.get(index);
		const marked: Event = { t: event.t, source: 'person', type: 'mark', text: mark ?? '' };
		return mark === undefined ? [event] : [event, marked];
	});
	return [{ ...header, title }, ...lines].map(recordLine).join('');
}

function parsedValue<T>(parsed: { value: T } | { why: string }): T {
	if ('why' in parsed) throw new Error(parsed.why);
	return parsed.value;
}
