/** Why QMI refuses, in TLV 0x02 of every answer. Source: libqmi qmi-errors.h. */
import type { Code } from '../fields.ts';

const names: Readonly<Record<number, string>> = {
	1: 'MalformedMessage',
	2: 'NoMemory',
	3: 'Internal',
	4: 'Aborted',
	5: 'ClientIdsExhausted',
	6: 'UnabortableTransaction',
	7: 'InvalidClientId',
	9: 'InvalidHandle',
	16: 'NotProvisioned',
	17: 'MissingArgument',
	19: 'ArgumentTooLong',
	22: 'InvalidTransactionId',
	23: 'DeviceInUse',
	25: 'DeviceUnsupported',
	26: 'NoEffect',
	31: 'InvalidServiceType',
	34: 'AuthenticationFailed',
	37: 'UimUninitialized',
	45: 'InvalidDataFormat',
	46: 'GeneralError',
	47: 'UnknownError',
	48: 'InvalidArgument',
	49: 'InvalidIndex',
	50: 'NoEntry',
	51: 'DeviceStorageFull',
	52: 'DeviceNotReady',
	53: 'NetworkNotReady',
	60: 'InvalidTransition',
	68: 'InsufficientResources',
	69: 'Disabled',
	70: 'InvalidOperation',
	71: 'InvalidQmiCommand',
	74: 'InformationUnavailable',
	75: 'SegmentTooLong',
	76: 'SegmentOrder',
	78: 'OperationPartialFailure',
	79: 'PolicyMismatch',
	82: 'AccessDenied',
	83: 'HardwareRestricted',
	90: 'IncompatibleState',
	94: 'NotSupported',
	115: 'NoPermission',
	116: 'TooSoon',
	118: 'OperationInProgress',
	388: 'FwWriteFailed',
	389: 'FwInfoReadFailed',
	390: 'FwFileNotFound',
	391: 'FwDirNotFound',
	392: 'FwAlreadyActivated',
	393: 'FwCannotGenericImage',
	400: 'FwFileOpenFailed',
	401: 'FwUpdateDiscontinuousFrame',
	402: 'FwUpdateFailed',
};

const waiting = 'Wait a few seconds and ask again.';
const older = 'Use the older message: SetFirmwareId, SetBootImageDownloadMode, or AT!BOOTHOLD.';
const told: Readonly<Record<number, readonly [means: string, next: string]>> = {
	3: ['The modem failed within itself.', 'Restart the modem and ask again.'],
	5: ['Too many programs hold a client.', 'Close other programs, or restart the modem.'],
	7: ['The client is not one that the modem gave out.', 'Ask for a client with ALLOC_CID.'],
	17: ['This modem wants something that the message does not have.', older],
	25: ['The modem does not have this.', older],
	26: ['It is so already.', 'Go on with the next step.'],
	48: ['A value in the message is not taken.', 'Check the version strings of the firmware.'],
	51: ['There is no room for another image.', 'Delete a stored image first.'],
	52: ['The modem is still starting.', waiting],
	60: ['The modem does not go from this mode to that.', 'Set it offline first, then reset.'],
	71: ['This modem does not have the message.', older],
	94: ['This modem does not have it.', older],
	116: ['It was asked too soon.', waiting],
	118: ['It is at it already.', waiting],
};

const words = (name: string) =>
	name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();

export const qmiErrors: Readonly<Record<number, Code>> = {
	0: { name: 'None', means: 'No error.' },
	...Object.fromEntries(
		Object.entries(names).map(([code, name]): [string, Code] => {
			const [means, next] = told[Number(code)] ?? [
				`The modem says: ${words(name)}.`,
				'Ask once more; if it stays so, restart the modem.',
			];
			return [code, { name, means, next }];
		}),
	),
};
