import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
	entryPoints: ['cli.tsx'],
	outdir: 'dist',
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22',
	jsx: 'automatic',
	define: { 'process.env.NODE_ENV': '"production"' },
	// Native addons find their prebuilt binaries beside themselves; Ink asks for its devtools only when told to.
	external: ['serialport', 'usb', 'react-devtools-core'],
	// Bundled CommonJS packages still call require for Node's own modules.
	banner: {
		js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
	},
	logLevel: 'warning',
});
