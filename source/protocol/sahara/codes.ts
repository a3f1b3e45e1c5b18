/** Numbers that Sahara packets carry. Sources: libqmi qfu-sahara-message.h, linux-msm/qdl, edl. */
import { codesFrom, namesOf } from '../codes.ts';

export const saharaModes = {
	0: 'IMAGE_TX_PENDING',
	1: 'IMAGE_TX_COMPLETE',
	2: 'MEMORY_DEBUG',
	3: 'COMMAND',
} as const;

/** What a loader runs on EXECUTE. 0xff00 and up are Sierra's own (libqmi; cp_qxdm_logger.py). */
export const saharaExecuteIds = {
	0: 'nop',
	1: 'serial number',
	2: 'MSM hardware id',
	3: 'OEM public key hash',
	4: 'switch to DMSS DLOAD',
	5: 'switch to streaming DLOAD',
	6: 'debug data',
	7: 'SBL version',
	8: 'command list',
	9: 'training data',
	10: 'chip id v3',
	65280: 'switch to Firehose (Sierra)',
	65281: 'boot loader version (Sierra)',
	65282: 'product model (Sierra)',
	65283: 'serial number (Sierra)',
	65284: 'crash information (Sierra)',
} as const;

/** Images that are a programmer (edl; fwupd takes 7, 13 and 21 for Firehose programmers). */
export const programmerImageIds = {
	7: 'NAND programmer',
	11: 'eMMC programmer',
	13: 'Firehose programmer',
	21: 'XBL',
} as const;

/** Images that a loader asks for (34: Qualcomm's sahara_protocol.rst). */
export const saharaImageIds = { ...programmerImageIds, 34: 'DDR training data' } as const;

const again = 'Power-cycle the modem and begin with its HELLO.';
const newer = 'Answer HELLO with a version that the loader accepts.';
const image = 'Check that the programmer file is whole and made for this chip.';
const signed = 'Use a programmer that the maker signed for this very model.';
const cable = 'Try another cable or port, then power-cycle the modem.';
const mode =
	'Power-cycle the modem into its boot loader and wait for HELLO in the mode that you want.';
const other = 'Leave this command out: the loader does not have it.';

export const saharaCodes = codesFrom(0, [
	['SUCCESS', 'It worked.', ''],
	['INVALID_COMMAND', 'The loader does not take this packet now.', again],
	['PROTOCOL_MISMATCH', 'The versions of both sides do not fit.', newer],
	['INVALID_TARGET_PROTOCOL', 'The loader’s version is not accepted.', newer],
	['INVALID_HOST_PROTOCOL', 'Our version is not accepted.', newer],
	['INVALID_PACKET_SIZE', 'The length of a packet was wrong.', again],
	['UNEXPECTED_IMAGE_ID', 'Another image was expected.', image],
	['INVALID_HEADER_SIZE', 'The header of the image has a wrong size.', image],
	['INVALID_DATA_SIZE', 'The image has a wrong size.', image],
	['INVALID_IMAGE_TYPE', 'The image is of another type.', image],
	['INVALID_TX_LENGTH', 'The loader could not send that many bytes.', again],
	['INVALID_RX_LENGTH', 'The loader got another number of bytes than it asked for.', again],
	['TX_RX_ERROR', 'The USB transfer failed.', cable],
	['READ_DATA_ERROR', 'The loader could not read what we sent.', cable],
	['UNSUPPORTED_NUM_PHDRS', 'The image has more program headers than the loader takes.', image],
	['INVALID_PHDR_SIZE', 'A program header of the image has a wrong size.', image],
	['MULTIPLE_SHARED_SEG', 'The image has more than one shared segment.', image],
	['UNINIT_PHDR_LOC', 'The place of the program headers is not set.', image],
	['INVALID_DEST_ADDRESS', 'The image wants memory that it may not have.', image],
	['INVALID_IMAGE_HEADER_SIZE', 'The image says a wrong size in its header.', image],
	['INVALID_ELF_HEADER', 'The image is no ELF file for this chip.', image],
	['UNKNOWN_ERROR', 'An error that has no name.', again],
	['TIMEOUT_RX', 'The loader waited in vain for our bytes.', again],
	['TIMEOUT_TX', 'The loader could not get its bytes out.', cable],
	['INVALID_MODE', 'The loader does not have this mode.', mode],
	[
		'INVALID_MEMORY_READ',
		'That memory may not be read.',
		'Ask only for regions of the memory table.',
	],
	[
		'INVALID_DATA_SIZE_REQUEST',
		'More bytes were asked for than may be.',
		'Ask for smaller pieces.',
	],
	['MEMORY_DEBUG_NOT_SUPPORTED', 'The loader gives no memory dump.', mode],
	['INVALID_MODE_SWITCH', 'The loader does not switch from this mode to that.', mode],
	['EXEC_FAILURE', 'The command failed in the loader.', again],
	['EXEC_CMD_INVALID_PARAM', 'The command had a wrong parameter.', other],
	[
		'EXEC_CMD_UNSUPPORTED',
		'The loader does not have this command, or refuses it after bytes that it did not understand.',
		'Power-cycle the modem and send nothing before its HELLO.',
	],
	['EXEC_DATA_INVALID', 'The data of the command was wrong.', again],
	['HASH_TABLE_AUTH_FAILURE', 'The signature of the image is not accepted.', signed],
	['HASH_VERIFICATION_FAILURE', 'A hash of the image is wrong.', signed],
	['HASH_TABLE_NOT_FOUND', 'The image is not signed.', signed],
	['TARGET_INIT_FAILURE', 'The modem could not set itself up.', again],
	['IMAGE_AUTH_FAILURE', 'The image is not accepted as genuine.', signed],
	['INVALID_IMG_HASH_TABLE_SIZE', 'The table of hashes has a wrong size.', signed],
	['ENUMERATION_FAILURE', 'USB did not come up.', cable],
	['HW_BULK_TRANSFER_ERROR', 'The USB hardware failed.', cable],
]);

export const saharaStatus = namesOf(saharaCodes);
