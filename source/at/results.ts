/** How an AT command ends: what the modem says last, or why it says nothing. */

/** Final results of ITU-T V.250 5.7.1, 3GPP TS 27.007 9.2 and 27.005 3.2.5. */
export const finalResult =
	/^(OK|ERROR|\+CM[ES] ERROR: ?.*|COMMAND NOT SUPPORT|NO CARRIER|NO ANSWER|NO DIALTONE|BUSY|CONNECT(?: .*)?)$/;

/** Ends that the modem did not say. */
export const noResult = {
	silent: 'no answer',
	lost: 'port lost',
	/** Rule zeros: what answers so is a loader, or nothing that speaks AT. */
	zeros: 'zero bytes only',
	binary: 'binary, not AT',
	flood: 'no end of it',
	/** Another program's bytes stood before ours on the line: the modem refused that, not our command. */
	mixed: 'mixed with another program’s bytes',
	/** The modem waited for text behind `>`; ESC ended that. */
	prompt: 'it waits for text',
} as const;

export const isOk = (result: string): boolean => result === 'OK';

/** 3GPP TS 27.007 9.2.1 and 9.2.2: the codes that a modem in trouble gives. */
const equipment: Readonly<Record<number, string>> = {
	0: 'phone failure',
	1: 'no connection to phone',
	3: 'operation not allowed',
	4: 'operation not supported',
	5: 'PH-SIM PIN required',
	10: 'SIM not inserted',
	11: 'SIM PIN required',
	12: 'SIM PUK required',
	13: 'SIM failure',
	14: 'SIM busy',
	15: 'SIM wrong',
	16: 'incorrect password',
	17: 'SIM PIN2 required',
	18: 'SIM PUK2 required',
	20: 'memory full',
	21: 'invalid index',
	22: 'not found',
	23: 'memory failure',
	24: 'text string too long',
	25: 'invalid characters in text string',
	26: 'dial string too long',
	27: 'invalid characters in dial string',
	30: 'no network service',
	31: 'network timeout',
	32: 'network not allowed, emergency calls only',
	40: 'network personalization PIN required',
	50: 'incorrect parameters',
	51: 'command implemented but currently disabled',
	52: 'command aborted by user',
	100: 'unknown',
	103: 'illegal MS',
	106: 'illegal ME',
	107: 'GPRS services not allowed',
	111: 'PLMN not allowed',
	112: 'location area not allowed',
	113: 'roaming not allowed in this location area',
	132: 'service option not supported',
	133: 'requested service option not subscribed',
	134: 'service option temporarily out of order',
	148: 'unspecified GPRS error',
	149: 'PDP authentication failure',
};

/** 3GPP TS 27.005 3.2.5. */
const messages: Readonly<Record<number, string>> = {
	300: 'ME failure',
	301: 'SMS service of ME reserved',
	302: 'operation not allowed',
	303: 'operation not supported',
	304: 'invalid PDU mode parameter',
	305: 'invalid text mode parameter',
	310: 'SIM not inserted',
	311: 'SIM PIN required',
	313: 'SIM failure',
	314: 'SIM busy',
	315: 'SIM wrong',
	316: 'SIM PUK required',
	320: 'memory failure',
	321: 'invalid memory index',
	322: 'memory full',
	330: 'SMSC address unknown',
	331: 'no network service',
	332: 'network timeout',
	340: 'no +CNMA acknowledgement expected',
	500: 'unknown error',
};

/** What a result means, where its own words do not say it. */
export function meaningOf(result: string): string | undefined {
	const [, kind, code] = /^\+CM([ES]) ERROR: ?(\d+)$/.exec(result) ?? [];
	if (code !== undefined) return (kind === 'E' ? equipment : messages)[Number(code)];
	if (result === noResult.zeros)
		return 'what answers is not the application: it looks like a loader';
	if (result === noResult.binary) return 'this port does not speak AT: DIAG, a loader, or a crash';
	return undefined;
}

/** A result and, in brackets, what it means. */
export function explained(result: string): string {
	const meaning = meaningOf(result);
	return meaning === undefined ? result : `${result} (${meaning})`;
}
