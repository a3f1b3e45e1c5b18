/** The recordings that ship: what is done in each, and the marks that explain it. */
import type { Event, EventOf } from '../source/events.ts';
import type { Session } from '../source/session/session.ts';

export type Classroom = {
	readonly session: Session;
	readonly firmware: {
		readonly image: string;
		readonly pair: { readonly firmware: string; readonly settings: string };
		/** A maker's package, with a programmer of its own. */
		readonly package: string;
	};
	/** Until the events so far are as this asks. */
	wait(what: (events: readonly Event[]) => boolean): Promise<void>;
};

export type Lesson = {
	/** Of the file, without its ending. */
	readonly name: string;
	readonly title: string;
	readonly scenario: string;
	act(room: Classroom): Promise<void>;
	/** Each stands behind the first event that it fits. */
	readonly marks: readonly { at: (event: Event) => boolean; text: string }[];
};

const is =
	<T extends Event['type']>(type: T, fits: (event: EventOf<T>) => boolean = () => true) =>
	(event: Event): boolean =>
		event.type === type && fits(event as EventOf<T>);
const times = (events: readonly Event[], fits: (event: Event) => boolean) =>
	events.filter(fits).length;
const came = (interfaces: number) =>
	is('usb-came', ({ device }) => device.interfaces.length === interfaces);
const phase = (name: EventOf<'flash-phase'>['phase'], state = 'running') =>
	is('flash-phase', (event) => event.phase === name && event.state === state);
/** The n-th time is another event: each predicate of a mark counts for itself. */
const nth = (n: number, fits: (event: Event) => boolean) => {
	let seen = 0;
	return (event: Event) => fits(event) && ++seen === n;
};
/** Bytes that begin with this message of Sahara, a little-endian number of four bytes. */
const sahara = (command: number, dir: 'in' | 'out') =>
	is(
		'bytes',
		({ hex, dir: way }) =>
			way === dir && hex.startsWith(`${command.toString(16).padStart(2, '0')}000000`),
	);
const ended = is('flash-ended');

async function flash({ session, wait }: Classroom, path: string, ...more: string[]): Promise<void> {
	const { flasher } = session.modem!;
	const { firmware } = session;
	await firmware.open(path);
	await wait(() => firmware.opened?.checks !== undefined || firmware.openedPackage !== undefined);
	await flasher.makePlan();
	for (const file of more) await flasher.add(file);
	for (const { name, state } of flasher.plan!.checks)
		if (state === 'refuse') await flasher.setAside(name);
	await flasher.start(flasher.plan!.model);
	await wait((events) => events.some(ended));
}

async function catchIt({ session, wait }: Classroom): Promise<void> {
	const armable = await session.modem!.at.armable('AT!BOOTHOLD');
	armable.arm(['BOOTHOLD']);
	await wait((events) => events.some(came(1)));
}

export const lessons: readonly Lesson[] = [
	{
		name: 'boot-loop',
		title: 'A boot loop: four rounds of an RC7620 whose application is broken',
		scenario: 'boot-loop',
		act: ({ wait }) => wait((events) => times(events, is('usb-went')) >= 4),
		marks: [
			{
				at: nth(1, came(4)),
				text: 'The application comes: four interfaces. Its AT port is there for two seconds.',
			},
			{
				at: nth(1, is('usb-went')),
				text: 'It resets by itself. Nothing was sent to it.',
			},
			{
				at: nth(2, is('usb-went')),
				text: 'The second early reset in a row: this is a boot loop. The times repeat.',
			},
		],
	},
	{
		name: 'boothold-caught',
		title: 'AT!BOOTHOLD sent inside the two-second window of a boot loop',
		scenario: 'boot-loop',
		act: async (room) => {
			await room.wait((events) => times(events, is('usb-went')) >= 2);
			await catchIt(room);
		},
		marks: [
			{ at: is('armed'), text: 'AT!BOOTHOLD is armed: it goes out when the AT port appears.' },
			{ at: is('fired'), text: 'Sent inside the window, and the modem said OK. It resets now.' },
			{
				at: came(1),
				text: 'It is back with one interface: the boot loader holds and waits for firmware.',
			},
		],
	},
	{
		name: 'sahara-firehose',
		title: 'A whole flash over Sahara and Firehose',
		scenario: 'loader',
		act: (room) => flash(room, room.firmware.image),
		marks: [
			{
				at: sahara(1, 'in'),
				text: 'HELLO: the loader speaks first, once. It tells its version and waits for the answer.',
			},
			{
				at: sahara(2, 'out'),
				text: 'HELLO_RSP with mode 3 asks for command mode; mode 0 would offer an image.',
			},
			{
				at: phase('configure'),
				text: 'The loader has switched: from here on both sides speak Firehose, in XML.',
			},
			{ at: is('payload'), text: 'Raw firmware. It is kept as file, offset, length and hash.' },
			{
				at: phase('commit'),
				text: 'All bytes are sent. The loader checks and unpacks them, and says nothing meanwhile.',
			},
			{ at: ended, text: 'Written, restarted, read back, and 60 seconds without a reset.' },
		],
	},
	{
		name: 'qdl',
		title: 'A whole flash over QDL: firmware and settings of an MC7455',
		scenario: 'loader-qdl',
		act: (room) => flash(room, room.firmware.pair.firmware, room.firmware.pair.settings),
		marks: [
			{
				at: phase('connect'),
				text: 'Nothing is sent first: a Sahara loader would take it for junk.',
			},
			{
				at: phase('write'),
				text: 'QDL: each image is opened, sent in chunks that are answered, and closed.',
			},
			{ at: ended, text: 'Both files were accepted in one session.' },
		],
	},
	{
		name: 'missed-hello',
		title: 'The HELLO was missed: a loader that is silent until something is sent',
		scenario: 'stuck',
		act: (room) => flash(room, room.firmware.image),
		marks: [
			{
				at: phase('connect'),
				text: 'HELLO came before anybody listened, and it comes once. The loader is silent now.',
			},
			{
				at: sahara(2, 'out'),
				text: 'HELLO_RSP with mode 3 is sent blind: the loader takes it as the answer that it waits for.',
			},
			{
				at: ended,
				text: 'The same loader, with the same firmware: only the question was another.',
			},
		],
	},
	{
		name: 'spoiled-loader',
		title: 'Junk came before HELLO was answered: the loader refuses Firehose',
		scenario: 'spoiled',
		act: (room) => flash(room, room.firmware.image),
		marks: [
			{
				at: phase('connect'),
				text: 'Another program sent something to this loader before. Watch what HELLO says.',
			},
			{
				at: sahara(7, 'out'),
				text: 'RESET: a loader that was spoiled begins anew. Nothing was written so far.',
			},
			{ at: ended, text: 'After the reset it took the firmware.' },
		],
	},
	{
		name: 'emergency-loader',
		title: 'EDL: the boot loader is gone, and the chip takes a programmer',
		scenario: 'emergency-nand',
		act: (room) => flash(room, room.firmware.package),
		marks: [
			{
				at: came(1),
				text: '05c6:9008 is the emergency loader in the chip itself: one interface, and no AT.',
			},
			{
				at: sahara(1, 'in'),
				text: 'HELLO with mode 0: it waits for an image. HELLO_RSP agrees, with the same mode.',
			},
			{
				at: sahara(3, 'in'),
				text: 'READ_DATA: it asks for the programmer piece by piece, and gets exactly those bytes.',
			},
			{
				at: sahara(5, 'out'),
				text: 'DONE: the signature was accepted. The programmer runs in RAM and speaks Firehose.',
			},
			{
				at: phase('write'),
				text: 'Each partition is erased, then written. The one that starts the chip comes last.',
			},
			{ at: ended, text: 'Every partition is written, and the chip starts from its flash again.' },
		],
	},
	{
		name: 'low-power',
		title: 'After an update: online nowhere, for firmware and preference do not match',
		scenario: 'low-power',
		act: async ({ session, wait }) => {
			await wait((events) => events.some(came(4)));
			session.modem!.at.givePassword('A710');
			await session.modem!.at.readState();
		},
		marks: [
			{
				at: is('at-answered', ({ command }) => /PCINFO/.test(command)),
				text: 'The modem says who keeps it in low power: IMSWITCH.',
			},
			{
				at: is('at-answered', ({ command }) => /IMPREF/.test(command)),
				text: 'It prefers firmware that it does not run. AT!IMPREF puts that right.',
			},
		],
	},
];
