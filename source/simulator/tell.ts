/** Says what the modem does, for whoever watches the rehearsal from the modem's side. */
export type Tell = (what: string) => void;
