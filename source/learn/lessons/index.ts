import type { Lesson } from '../bench/lesson.ts';
import { exam } from './exam.ts';
import { firehose } from './firehose.ts';
import { hello } from './hello.ts';
import { missedHello } from './missed-hello.ts';
import { qdl } from './qdl.ts';
import { theLoop } from './the-loop.ts';
import { twoFaces } from './two-faces.ts';
import { twoSeconds } from './two-seconds.ts';

/** In the order in which they are taken. */
export const lessons: readonly Lesson[] = [
	twoFaces,
	theLoop,
	twoSeconds,
	hello,
	missedHello,
	firehose,
	qdl,
	exam,
];
