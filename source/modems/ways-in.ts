/**
 * How a modem comes to its boot loader, by what its product has: the one place that says so. Which
 * product has what: TP1 on RC76 and WP (Sierra forum 24154, 30723, 19260); DPR on M.2 cards of the
 * 9x50 (13010); FORCE_USB_BOOT on Quectel (their hardware guides); AT!BOOTHOLD and QMI: libqmi
 * qfu-updater.c.
 */
import type { Product } from './product.ts';

const othersPin = 'RC76, WP76 and WP77: with TP1 low';

/** The shortest way back into the loader, from whatever the modem does: a clause for a next step. */
export function wayIn(product: Product | undefined): string {
	if (!product) return `power cycle it and catch it with AT!BOOTHOLD (${othersPin})`;
	const { commands = [], pin, needs } = product.waysIn ?? {};
	if (pin) return `power cycle it with ${pin.name} ${pin.held}`;
	const floats = needs ? `, with ${needs}` : '';
	if (commands.includes('AT!BOOTHOLD')) {
		return `power cycle it and catch it with AT!BOOTHOLD${floats}`;
	}
	return 'power cycle it';
}

/** Every way, as sentences, the easiest first. */
export function waysIn(product: Product | undefined): string[] {
	const { commands = ['AT!BOOTHOLD', 'QMI'], pin, needs } = product?.waysIn ?? {};
	if (product && !product.waysIn) return ['No way into the loader of this modem is known here.'];
	return [
		...(commands.includes('AT!BOOTHOLD')
			? ['Arm AT!BOOTHOLD for its next window (h in the USB view).']
			: []),
		...(commands.includes('QMI')
			? ['Where no AT port answers: qmi-firmware-update --reset (libqmi) asks over QMI or MBIM.']
			: []),
		...(pin ? [`Power cycle it with ${pin.name} ${pin.held}, then let go of ${pin.name}.`] : []),
		...(product ? [] : [`Or power cycle it with its boot pin set (${othersPin}).`]),
		...(needs ? [`It needs ${needs}.`] : []),
	];
}

/** Out of the loader and into the application: a clause for a next step. */
export function wayOut(product: Product | undefined): string {
	const pin = product?.waysIn?.pin?.name ?? (product ? undefined : 'its boot pin, if it is set,');
	return pin ? `let go of ${pin} and power cycle it` : 'power cycle it';
}
