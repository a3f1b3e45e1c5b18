/**
 * The USB devices of a gateway as a folder here that reads as its sysfs does: whoever watches a host
 * watches that one. Times are those of arrival. What the gateway sends is not trusted: names are of
 * the kernel's kind, sizes are bounded.
 */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createClock } from '../clock.ts';
import type { Host } from '../host.ts';
import { temporaryFolder } from '../own-files.ts';
import type { Problem } from '../problem.ts';
import { watchScript } from './scripts.ts';
import { GatewayShell, gatewayGone, noUsbThere } from './shell.ts';

/** One folder of sysfs: a device or an interface. */
type Entry = {
	readonly files: Record<string, string | Buffer>;
	readonly folders: string[];
	driver?: string;
};

const entryName = /^\d+-\d+(?:\.\d+)*(?::\d+\.\d+)?$/;
const attributeName = /^(?:power\/)?[A-Za-z]{1,20}$/;
const nodeFolder = /^(?:(?:tty|usbmisc|net)\/)?[A-Za-z0-9_-]{1,32}$/;
const nodeName = /^[A-Za-z0-9_-]{1,32}$/;
const mostEntries = 1000;

/** What the lines of `watchScript` say, up to its next `e`. */
class Snapshot {
	readonly entries = new Map<string, Entry>();
	readonly nodes = new Set<string>();
	#entry: Entry | undefined;

	add(line: string): void {
		const [, kind = '', rest = ''] = /^(\w) ?(.*)$/.exec(line) ?? [];
		if (kind === 'd' || kind === 'i') {
			this.#entry = undefined;
			if (!entryName.test(rest) || this.entries.size >= mostEntries) return;
			this.#entry = { files: {}, folders: [] };
			this.entries.set(rest, this.#entry);
		}
		const entry = this.#entry;
		if (!entry) return;
		const [, name = '', value = ''] = /^(\S+)(?: (.*))?$/.exec(rest) ?? [];
		if (kind === 'a' && attributeName.test(name)) entry.files[name] = `${value}\n`;
		if (kind === 'h') entry.files.descriptors = Buffer.from(rest, 'hex');
		if (kind === 'l' && nodeName.test(rest)) entry.driver = rest;
		if (kind === 'n' && nodeFolder.test(rest)) entry.folders.push(rest);
		if (kind === 'x' && nodeName.test(rest)) this.nodes.add(rest);
	}
}

/** A host that is the gateway's USB, and how it ends. */
export type Mirror = {
	readonly host: Host;
	readonly name: string;
	/** Settles when the connection has ended, with what is to be said of it. */
	readonly ended: Promise<Problem>;
	close(): void;
};

/** Resolves when the devices that are there now are seen; throws a Problem when they cannot be. */
export async function mirrorGateway(target: string, root = ''): Promise<Mirror> {
	const folder = temporaryFolder('modemscope-gateway-');
	const host: Host = {
		sysfs: join(folder, 'sys'),
		dev: join(folder, 'dev'),
		proc: join(folder, 'proc'),
		rehearsal: undefined,
		clock: createClock(),
	};
	const devices = join(host.sysfs, 'bus/usb/devices');
	mkdirSync(devices, { recursive: true });
	mkdirSync(host.dev);
	const shell = new GatewayShell(target, watchScript(root));
	const close = () => {
		shell.kill();
		rmSync(folder, { recursive: true, force: true });
	};
	let shown = new Snapshot();
	let coming = new Snapshot();
	const refused = Promise.withResolvers<Problem>();
	const whole = new Promise<undefined>((resolve) => {
		shell.lines((line) => {
			if (line === '!') refused.resolve(noUsbThere(shell.name));
			else if (line === 'e') {
				show(devices, host.dev, shown, coming);
				shown = coming;
				coming = new Snapshot();
				resolve(undefined);
			} else coming.add(line);
		});
	});
	const gone = shell.ended.then((said) => gatewayGone(shell.name, said));
	const ended = Promise.race([refused.promise, gone]);
	const problem = await Promise.race([whole, ended]);
	if (problem) {
		close();
		throw problem;
	}
	return { host, name: shell.name, ended, close };
}

/** In one go, so that a scan never meets half of it. */
function show(devices: string, dev: string, before: Snapshot, now: Snapshot): void {
	for (const [name, entry] of before.entries) {
		if (JSON.stringify(now.entries.get(name)) !== JSON.stringify(entry))
			rmSync(join(devices, name), { recursive: true, force: true });
	}
	for (const [name, entry] of now.entries) {
		if (JSON.stringify(before.entries.get(name)) !== JSON.stringify(entry))
			write(join(devices, name), entry);
	}
	for (const node of before.nodes)
		if (!now.nodes.has(node)) rmSync(join(dev, node), { force: true });
	for (const node of now.nodes) if (!before.nodes.has(node)) writeFileSync(join(dev, node), '');
}

function write(at: string, { files, folders, driver }: Entry): void {
	mkdirSync(at, { recursive: true });
	for (const folder of folders) mkdirSync(join(at, folder), { recursive: true });
	for (const [name, value] of Object.entries(files)) {
		mkdirSync(dirname(join(at, name)), { recursive: true });
		writeFileSync(join(at, name), value);
	}
	if (driver !== undefined) symlinkSync(`../../drivers/${driver}`, join(at, 'driver'));
}
