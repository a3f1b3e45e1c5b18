import type { Emit } from '../../events.ts';
import { roleOf } from '../../usb/device/roles.ts';
import { findRawPlace, rawMeaning } from '../raw/raw-place.ts';
import { RawPort } from '../raw/raw-port.ts';
import type { OpenRawPort, RawControl, RawListener } from '../session.ts';
import type { ControlContext } from './control-context.ts';

/** The raw ports of the modem that a console looks at; one is open at most. */
export class RawController implements RawControl {
	readonly #context: ControlContext;
	#open: OpenRawPort | undefined;

	constructor(context: ControlContext) {
		this.#context = context;
	}

	ports() {
		const { device } = this.#context.modem;
		if (!device) return [];
		return device.interfaces.flatMap((one) => {
			const nodes = one.nodes.filter((node) => /^(?:tty|cdc-wdm)/.test(node));
			if (nodes.length === 0) return [];
			const says = [nodes.join(' '), roleOf(device, one) ?? '', one.driver ?? ''];
			return [{ place: `${device.path}:1.${one.number}`, says: says.filter(Boolean).join(', ') }];
		});
	}

	async meaning(place: string): Promise<readonly string[]> {
		return rawMeaning(await findRawPlace(this.#context.host, place), place);
	}

	async open(place: string, listener: RawListener): Promise<OpenRawPort> {
		const { host, emit } = this.#context;
		await this.close();
		// The session has its own watch of USB.
		const say: Emit = (source, fact, t) => {
			if (source !== 'usb') emit(source, fact, t);
		};
		const port = await RawPort.open(host, await findRawPlace(host, place), say, listener);
		const stop = new AbortController();
		const ended = port.run(stop.signal);
		const open: OpenRawPort = {
			get node() {
				return port.node;
			},
			write: (bytes) => port.write(bytes),
			sendBreak: () => port.sendBreak(),
			close: async () => {
				stop.abort();
				await ended;
				if (this.#open === open) this.#open = undefined;
			},
		};
		this.#open = open;
		return open;
	}

	async close(): Promise<void> {
		await this.#open?.close();
	}
}
