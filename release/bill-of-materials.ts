/** A CycloneDX bill of what is inside the single file: the bundled packages and Node.js. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PinnedPackage } from './packages.ts';

type Component = { readonly name: string };
type Bill = {
	metadata: { component: { name: string } };
	components: readonly Component[];
	dependencies?: unknown;
};

/** npm knows every package of the lock file, tools too; `inputs` are the files that were bundled. */
export async function billOfMaterials(inputs: readonly string[], node: PinnedPackage) {
	const { stdout } = await promisify(execFile)(
		'npm',
		['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'],
		{ maxBuffer: 64 << 20 },
	);
	const bill: Bill = JSON.parse(stdout);
	const isInside = ({ name }: Component) =>
		inputs.some((path) => path.includes(`node_modules/${name}/`));
	// npm names the folder that it runs in.
	bill.metadata.component.name = 'modemscope';
	delete bill.dependencies;
	bill.components = [
		...bill.components.filter(isInside),
		{
			'bom-ref': `${node.name}@${node.version}`,
			type: 'platform',
			name: 'Node.js',
			version: node.version,
			purl: `pkg:npm/${node.name}@${node.version}`,
		} as Component,
	];
	return bill;
}
