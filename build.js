import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundle } from './bundle.js';

await rm('dist', { recursive: true, force: true });
await build({ ...bundle, entryPoints: ['cli.tsx'], outdir: 'dist' });
