/** What the process of a flash is asked to do. It crosses to that process by a pipe. */
import * as v from 'valibot';
import type { Host } from '../../host.ts';
import { requestNotRead } from '../model/outcomes/job.ts';
import type { Plan } from '../model/plan.ts';
import { protocols } from '../model/protocol.ts';
import { resumeModes } from '../model/resume.ts';
import { transports } from '../model/transport.ts';

const text = v.string();
const texts = v.pipe(v.array(text), v.readonly());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const jobRequest = v.object({
	/** The USB port path of the modem, and the folder of the rehearsal that plays it. */
	path: text,
	rehearsal: v.optional(text),
	/** What a person typed to start it. */
	model: text,
	/** The first file, those that are sent after it, and the maker's programmer that sends them. */
	file: text,
	others: v.optional(texts),
	programmer: v.optional(text),
	/** Of the bytes that were planned: no others are sent. */
	digest: v.optional(text),
	/** The version in the modem before, where it was asked. */
	from: v.optional(text),
	mode: v.optional(v.picklist(resumeModes)),
	resume: v.optional(v.object({ accepted: count, size: count, loader: count })),
	protocol: v.optional(v.picklist(protocols)),
	transport: v.optional(v.picklist(transports)),
	/** Names of refusals that a person set aside. */
	overrides: v.optional(texts),
	/** Modem seconds that the modem must run without a reset to pass the check. */
	settle: v.optional(v.pipe(v.number(), v.minValue(0))),
	/** No plan was made before: the process tells its own, before it carries it out. */
	unplanned: v.optional(v.literal(true)),
	/** The path of the recording, which must not exist yet. */
	recording: text,
});
export type JobRequest = v.InferOutput<typeof jobRequest>;

/** What of it decides how its plan is made. */
export type PlanChoices = Pick<
	JobRequest,
	'from' | 'mode' | 'resume' | 'protocol' | 'transport' | 'overrides'
>;

export const usualSettle = 60;

/** Carries a plan out as it was made. */
export const requestOf = (
	{ rehearsal }: Pick<Host, 'rehearsal'>,
	plan: Plan,
	recording: string,
	settle = usualSettle,
): JobRequest =>
	v.parse(jobRequest, {
		...plan,
		rehearsal,
		others: plan.others.length > 0 ? plan.others : undefined,
		overrides: plan.checks.filter(({ overridden }) => overridden).map(({ name }) => name),
		settle,
		recording,
	});

/** Throws a Problem when the text is no request. */
export function readRequest(text: string): JobRequest {
	try {
		return v.parse(jobRequest, JSON.parse(text));
	} catch (error) {
		throw requestNotRead(error);
	}
}
