/** How an application behaves on its AT port, beyond what it is asked. */
export type AtBehaviour = {
	/** It prefers firmware that is not what runs: low power by IMSWITCH. */
	readonly mismatch?: boolean;
	/** It has crashed before, and kept the data. */
	readonly crashed?: boolean;
	/** Said in the middle of every answer. */
	readonly unsolicited?: readonly string[];
	/** Seconds between a command and its echo. */
	readonly echoAfter?: number;
	/** Takes commands and answers with this. */
	readonly instead?: 'nothing' | 'zeros' | 'binary' | 'flood';
	/** Names itself with sequences that drive a terminal. */
	readonly hostile?: boolean;
	/** The part that AT!BSINFO? names as its flash memory; how a real answer words it is not known. */
	readonly flashPart?: string;
	/** Errors as +CME ERROR with numbers. */
	readonly numericErrors?: boolean;
};
