/**
 * The first script of the single file. Node.js 24 starts only CommonJS from inside itself, so this one
 * hands the program, an ES module, to the usual loader.
 */
const { registerHooks } = require('node:module');
const { getAsset } = require('node:sea');
const { pathToFileURL } = require('node:url');
const { Script, constants } = require('node:vm');

const url = `${pathToFileURL(process.execPath).href}/modemscope.mjs`;
registerHooks({
	resolve: (specifier, context, next) =>
		specifier === url ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
	load: (wanted, context, next) =>
		wanted === url
			? { format: 'module', source: getAsset('modemscope.mjs', 'utf8'), shortCircuit: true }
			: next(wanted, context),
});

// Only this loader knows the hooks: the import() of the first script sees Node's own modules alone.
const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
new Script('(url) => import(url)', { importModuleDynamically }).runInThisContext()(url);
