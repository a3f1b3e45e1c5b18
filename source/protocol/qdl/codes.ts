/** Numbers that QDL messages carry. Sources: libqmi qfu-qdl-message.c, Sierra sierra_bludefs.h. */
import { codesFrom } from '../codes.ts';
import type { Code } from '../fields.ts';

const again = 'Power-cycle the modem into its boot loader and begin again.';
const file = 'Check with modemscope inspect that the file is whole and made for this model.';
const flash = 'Try once more; if it stays, the flash memory is worn.';
const other = 'Leave this command out, or use the protocol that this loader speaks.';
const code = 'Give the security code of this modem.';

/** ERROR 0x0D, also the errors of streaming DLOAD. */
export const qdlErrors = codesFrom(0, [
	['None', 'No error.', ''],
	['Reserved', 'An error that has no name.', again],
	['Invalid destination address', 'That address may not be written.', file],
	['Invalid length', 'A length is wrong.', file],
	['Unexpected end of packet', 'The packet ended early.', 'Send it again; try another cable.'],
	['Invalid command', 'The loader does not know this command.', other],
	['Reserved', 'An error that has no name.', again],
	['Operation failed', 'It did not work.', again],
	['Invalid flash intelligent ID', 'The flash memory is not the expected one.', file],
	['Invalid programming voltage', 'The voltage for writing is wrong.', 'Look at the power supply.'],
	['Write verify failed', 'What was written reads differently.', flash],
	['Reserved', 'An error that has no name.', again],
	['Invalid security code', 'The security code is wrong.', code],
	['Power-down failed', 'The modem cannot be switched off.', 'Take its power away.'],
	['NAND flash programming not supported', 'This loader does not write NAND.', other],
	['Command out of sequence', 'Another message was due.', again],
	['Close failed', 'The image could not be ended.', flash],
	['Invalid feature bits', 'The loader does not have what HELLO asked for.', other],
	['Out of space', 'The image does not fit.', file],
	['Invalid security mode', 'The security mode is wrong.', code],
	['Multi-image NAND not supported', 'This loader takes one image only.', other],
	['Power-off command not supported', 'This loader does not switch off.', 'Take its power away.'],
	[
		'Command not supported',
		'The loader does not have this command. As the answer to SDP it is no error: QDL follows.',
		other,
	],
	['Invalid CRC', 'The CRC of our message was wrong.', 'Send it again; try another cable.'],
	['Command received in invalid state', 'The loader cannot do this now.', again],
	['Receive timeout', 'The loader waited in vain for our bytes.', again],
	['Image authentication error', 'The signature of the image is not accepted.', file],
]);

/** What Sierra's loader says of an image in the answers to UFOPEN, UFWRITE and UFCLOSE. */
export const imageResults: Readonly<Record<number, Code>> = {
	...codesFrom(0, [
		['OK', 'It worked.', ''],
		['authentication', 'The image is not accepted as genuine.', file],
		['flash write', 'Writing to the flash memory failed.', flash],
	]),
	...codesFrom(0x80, [
		['image type', 'The image is of a type that is not taken here.', file],
		['product type', 'The image is for another product.', file],
		['size mismatch', 'The size is not the one in the header.', file],
		['size out of range', 'The size is not one that fits.', file],
		['application compatibility', 'The image does not fit the application.', file],
		['boot compatibility', 'The image does not fit the boot loader.', file],
		['package compatibility', 'The package is for another variant.', file],
		['signature', 'The magic number of the header is wrong.', file],
		['flash read', 'Reading the flash memory failed.', flash],
		['CRC32', 'The CRC of the image is wrong.', file],
		['CRC16', 'A CRC of the transfer is wrong.', 'Send it again; try another cable.'],
		['header', 'The header of the image is wrong.', file],
		['decompress', 'The image cannot be unpacked.', file],
	]),
	...codesFrom(0x8e, [['decrypt', 'The image cannot be decrypted.', file]]),
	...codesFrom(0x90, [
		['slot', 'There is no such slot for an image.', file],
		['not signed', 'The image is not signed.', file],
		['certificate chain', 'The certificates of the image are not accepted.', file],
		['code signature', 'The signature of the image is wrong.', file],
	]),
};
