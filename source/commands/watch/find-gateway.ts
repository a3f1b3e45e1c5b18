import { mirrorGateway } from '../../gateway/mirror.ts';
import type { FoundHost } from '../common/find-host.ts';

/** The USB devices of the machine that `ssh target` leads to; with `rehearsal` those of a folder there. */
export async function findGateway(target: string, rehearsal?: string): Promise<FoundHost> {
	const { host, name, ended, close } = await mirrorGateway(target, rehearsal);
	return { host, origin: `the gateway ${name}, over ssh`, leave: close, lost: ended };
}
