import type { SubmissionWorld } from '../submission/world.ts';
import type { Investigations } from './face.ts';

/** Everything that working on cases is handed. */
export type CaseworkWorld = SubmissionWorld;

/** What a bulk job finds its messages with. */
export type Matching = Investigations['matching'];
