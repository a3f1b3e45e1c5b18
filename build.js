import { rm, writeFile } from 'node:fs/promises';
import { buildScripts } from './program-scripts.js';

await rm('dist', { recursive: true, force: true });
await buildScripts('dist', {
	plugins: [{ name: 'outside', setup: leavesOutside }],
	isSingleFile: false,
});
// Node starts a script without what it needs to load modules.
await writeFile('dist/package.json', '{ "type": "commonjs" }\n');

/** Native addons find their prebuilt binaries beside themselves; Ink asks for its devtools only when told to. */
function leavesOutside({ onLoad, onResolve }) {
	onResolve({ filter: /^(?:serialport|usb|react-devtools-core)$/ }, ({ path }) => ({
		path,
		namespace: 'outside',
	}));
	onLoad({ filter: /^/, namespace: 'outside' }, ({ path }) => ({
		contents: `module.exports = fromOutside('${path}');`,
	}));
}
