import type { LoaderProtocol } from '../../modems/product.ts';
import { exitCode } from '../../problem.ts';
import type { PlanCheck } from '../model/plan.ts';
import type { Protocol } from '../model/protocol.ts';

/** SDP spoils a Sahara loader: who asks for it there has to insist. */
export function protocolCheck(
	protocol: Protocol,
	loaderProtocol: LoaderProtocol | undefined,
	model: string,
): PlanCheck[] {
	const wrong =
		(protocol === 'qdl' && loaderProtocol === 'sahara') ||
		((protocol === 'sahara' || protocol === 'firehose') && loaderProtocol === 'qdl');
	if (!wrong) return [];
	const says = `the loader of ${model} speaks ${loaderProtocol === 'qdl' ? 'QDL' : 'Sahara and Firehose'}: leave --protocol away`;
	return [{ name: 'protocol', state: 'refuse', exit: exitCode.usage, says, mayOverride: true }];
}
