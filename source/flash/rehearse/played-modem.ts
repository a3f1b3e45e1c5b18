/** A simulated modem made of what is known of a real one. */
import type { UsbDevice } from '../../events.ts';
import { type Model, models } from '../../modems/simulated.ts';
import { findScenario, type Scenario } from '../../simulator/modem/scenarios.ts';
import { modelName, productOfDevice } from '../../usb/device/model.ts';
import { atNode, modeOf } from '../../usb/device/modes.ts';
import { edlNotRehearsed, nobodyPlays } from '../model/outcomes/rehearse.ts';

export type Snapshot = {
	readonly device: UsbDevice;
	/** The version that it said it runs. */
	readonly from?: string | undefined;
	/** Its model, where that was told elsewhere than by the device. */
	readonly model?: string | undefined;
};

/**
 * What the modem shows and said, on the model of its family that the simulator plays. What nobody
 * knows of it, as its times, is the simulator's. Throws a Problem where no model of its chip is played.
 */
export function playedScenario({ device, from, model: told }: Snapshot): Scenario {
	const mode = modeOf(device);
	if (mode === 'edl') throw edlNotRehearsed();
	const model = playedModel(device, told);
	const isQdl = model.family.loader === 'qdl';
	const name = mode === 'application' ? 'healthy' : isQdl ? 'loader-qdl' : 'loader';
	return {
		...findScenario(name),
		model: { ...model, released: { ...model.released, ...releaseOf(from) } },
		loader: isQdl ? 'qdl' : 'sahara',
		composition: compositionOf(device),
	};
}

function playedModel(device: UsbDevice, told: string | undefined): Model {
	const name = modelName(device) ?? told;
	const product = productOfDevice(device, told);
	const all: readonly Model[] = Object.values(models);
	const played =
		all.find((each) => each.name === name) ??
		all.find(({ family }) => family === product) ??
		all.find(({ family }) => product?.firmware?.headers.test(family.firmware?.header ?? ''));
	if (!played) throw nobodyPlays(name ?? `${device.vid}:${device.pid}`, Object.keys(models));
	return name === undefined ? played : { ...played, name };
}

/** `SWI9X07H_00.03.03.00`, or the version alone. */
function releaseOf(from: string | undefined): Partial<Model['released']> {
	const firmware = from?.match(/(?<![\d.])\d+(?:\.\d+){2,3}/)?.[0];
	if (from === undefined || firmware === undefined) return {};
	return { firmware, ...(from.includes('_') ? { revision: from } : {}) };
}

function compositionOf(device: UsbDevice): Scenario['composition'] {
	if (modeOf(device) !== 'application' || atNode(device) !== undefined) return 'all';
	const drivers = device.interfaces.map(({ driver }) => driver);
	if (drivers.includes('cdc_mbim')) return 'mbim';
	return drivers.includes('qmi_wwan') ? 'qmi' : 'all';
}
