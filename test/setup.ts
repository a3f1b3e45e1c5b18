import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configureGlobal } from 'fast-check';
import { afterAll } from 'vitest';

/**
 * Properties are tried on the same examples everywhere, so that what passes here passes there; to
 * look for others give a seed: MODEMSCOPE_SEED=$RANDOM npm test. A list or a text is as long as its
 * test allows: fast-check makes none of more than ten parts otherwise.
 */
configureGlobal({
	seed: Number(process.env.MODEMSCOPE_SEED ?? 20_230_601),
	defaultSizeToMaxWhenMaxSpecified: true,
});

/** What the tests of a file, and the programs that they run, leave in the temporary folder goes with it. */
const folder = mkdtempSync(join(tmpdir(), 'ms-'));
// Some tests are another user for a moment.
chmodSync(folder, 0o755);
process.env.TMPDIR = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
