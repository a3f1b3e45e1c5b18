import { configureGlobal } from 'fast-check';

/**
 * Properties are tried on the same examples everywhere, so that what passes here passes there; to
 * look for others give a seed: MODEMSCOPE_SEED=$RANDOM npm test.
 */
configureGlobal({ seed: Number(process.env.MODEMSCOPE_SEED ?? 20_230_601) });
