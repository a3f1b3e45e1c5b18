/** Logs what the simulated modem does, as seen from the modem's side. */
export type Logger = (what: string) => void;
