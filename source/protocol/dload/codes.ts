/** Why a DLOAD loader refuses. Source: openpst dload.h. */
import { codesFrom } from '../codes.ts';

const again = 'Power-cycle the modem and begin again.';
const wrong = 'Check address and length against the memory of this chip.';
const flash = 'The flash memory may be worn or of another kind: have it looked at.';
const locked = 'Unlock it with the security code first.';

export const nakReasons = codesFrom(1, [
	['INVALID_FCS', 'The CRC of our frame was wrong.', 'Send it again.'],
	['INVALID_DESTINATION_ADDRESS', 'That address may not be written.', wrong],
	['INVALID_LENGTH', 'The length is wrong.', wrong],
	['UNEXPECTED_END_OF_PACKET', 'The packet ended early.', 'Send it again.'],
	['DATA_LENGTH_TOO_LARGE', 'The loader cannot take so much at once.', 'Send smaller pieces.'],
	['INVALID_COMMAND', 'The loader does not have this command.', 'Leave it out.'],
	['OPERATION_FAILED', 'It did not work.', again],
	['WRONG_FLASH_INTELLIGENT_ID', 'The flash memory is not the expected one.', flash],
	['BAD_PROGRAMMING_VOLTAGE', 'The voltage for writing is wrong.', 'Look at the power supply.'],
	['WRITE_VERIFY_FAILED', 'What was written reads differently.', flash],
	['UNLOCK_REQUIRED', 'The loader is locked.', locked],
	['INCORRECT_SECURITY_CODE', 'The security code is wrong.', locked],
	['CANNOT_POWER_DOWN', 'The modem cannot be switched off.', 'Take its power away.'],
	['OPERATION_NOT_PERMITTED', 'The loader does not allow it.', locked],
	['INVALID_READ_ADDRESS', 'That address may not be read.', wrong],
]);
