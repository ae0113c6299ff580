import type { NodeRecord } from '../store/store.ts';
import type { Belonging } from '../workloads/workload-of.ts';
import type { Track } from './track.ts';

/** One part of a subject: the node itself, a pod, a container, or a workload over many nodes. */
export interface Member {
  /** The node that it is on; undefined for what is on many. */
  readonly record: NodeRecord | undefined;
  readonly track: Track;
  /** As told last, with an empty pod for a workload; undefined for nodes, and where it was asked for by its key. */
  readonly belonging: Belonging | undefined;
  readonly name: string;
}
