import type { EventRecord } from '@docksnap/contract';
import { sha256 } from '../codec/sha256.ts';
import { machinesCluster } from '../machines/machine-tokens.ts';
import { windowOf } from '../store/identifiers.ts';
import type { KnownEntity, NodeRecord } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { aboutContainer, once } from './container-events.ts';

interface Running {
  readonly image: string;
  readonly startedAtMs: number;
}

/** Workloads' containers whose image is remembered. */
const mostKnown = 50_000;

/** Notices that a workload's new pods have another image than those before: what was deployed. */
export class Deploys {
  readonly #newest = new Map<string, Running>();

  /** A container that is seen for the first time, in any order. Undefined where its image is no news. */
  take(record: NodeRecord, { description, key, incarnations }: KnownEntity): EventRecord | undefined {
    const startedAtMs = incarnations.at(-1)?.startedAtMs ?? 0;
    const workload = belongingOf(description)?.workload;
    if (description?.kind !== 'container' || workload === undefined || startedAtMs === 0) return undefined;
    const { namespace, name, image } = description;
    const id = [placeOf(record), namespace, workload.kind, workload.name, name].join('/');
    const before = this.#changed(id, { image, startedAtMs });
    if (before === undefined) return undefined;
    return {
      // Replicas hear of pods in any order: what they call one deploy must not hang on which of its pods came first. And
      // an id is part of a cursor, while images have names of any length.
      id: `deploy/${sha256(`${id}/${image}`)}/${windowOf(startedAtMs)}`,
      kind: 'deploy',
      isWarning: false,
      ...once(startedAtMs),
      reason: 'ImageChanged',
      message: `${workload.kind} ${workload.name}: image ${before} → ${image}`,
      ...aboutContainer(record, key, description),
    };
  }

  /** Remembers what was started last; the image before it, if that was another one. */
  #changed(id: string, running: Running): string | undefined {
    const before = this.#newest.get(id);
    if (before !== undefined && running.startedAtMs <= before.startedAtMs) return undefined;
    this.#keep(id, running);
    return before?.image === running.image ? undefined : before?.image;
  }

  #keep(id: string, running: Running): void {
    this.#newest.delete(id);
    this.#newest.set(id, running);
    for (const oldest of this.#newest.keys()) {
      if (this.#newest.size <= mostKnown) return;
      this.#newest.delete(oldest);
    }
  }
}

/** Within what a workload's name is its own: a cluster, or one machine. */
function placeOf({ cluster, id }: NodeRecord): string {
  return cluster === machinesCluster ? id : cluster;
}
