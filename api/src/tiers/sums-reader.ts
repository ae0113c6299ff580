import { Injectable } from '@nestjs/common';
import type { Steps } from '../series/steps.ts';
import type { Track } from '../series/track.ts';
import { coarsened } from './coarsen.ts';
import { spliced } from './splice.ts';
import type { EntitySums, NodeSums } from './sums.ts';
import { NodeTiers, type TierDocuments, WorkloadTiers } from './tier-documents.ts';
import { endOf, spansOf, type TierName, tiers } from './tiers.ts';
import { workloadSubject } from './workload-sums.ts';

/** Spans that are read at the same time. */
const together = 8;

/** What is wanted of a tier. `steps` are multiples of the tier's, from a multiple of the tier's on. */
interface WantedSums {
  readonly steps: Steps;
  readonly tier: TierName;
  readonly metricIds: ReadonlySet<number>;
  /** Ends the work: the read rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Who sums are of. In those of a namespace the key names a workload (workloadOfKey), and there is no description. */
type SummedEntity = Pick<EntitySums, 'kind' | 'key' | 'description'>;

/** What a tier knows on a time axis. */
export interface OpenedSums {
  readonly entities: readonly SummedEntity[];
  /** The end of the last step of the tier that anything is known of, unix ms; the axis' start when there is none. */
  readonly throughMs: number;
  /** On the wanted steps. */
  tracks(wants: (entity: SummedEntity) => boolean): Track[];
}

/** Reads sums of nodes, and of namespaces over all nodes. Rejects with StoreUnavailableError. */
@Injectable()
export class SumsReader {
  constructor(
    private readonly nodes: NodeTiers,
    private readonly workloads: WorkloadTiers,
  ) {}

  /** Of the entities of a node. */
  node(nodeId: string, wanted: WantedSums): Promise<OpenedSums> {
    return open(this.nodes, nodeId, wanted);
  }

  /** Of the workloads of a namespace, over all nodes of a cluster. */
  namespace(cluster: string, namespace: string, wanted: WantedSums): Promise<OpenedSums> {
    return open(this.workloads, workloadSubject(cluster, namespace), wanted);
  }
}

async function open(documents: TierDocuments, subject: string, wanted: WantedSums): Promise<OpenedSums> {
  const tier = tiers[wanted.tier];
  const { fromMs, stepMs, count } = wanted.steps;
  const fine: Steps = { fromMs, stepMs: tier.stepMs, count: (count * stepMs) / tier.stepMs };
  const pieces: NodeSums[] = [];
  const spans = spansOf(tier, fine);
  for (let next = 0; next < spans.length; next += together) {
    wanted.signal?.throwIfAborted();
    const some = spans.slice(next, next + together);
    const read = await Promise.all(some.map((span) => documents.read(tier, subject, span, wanted.metricIds)));
    pieces.push(...read.filter((found) => found !== undefined).map(({ sums }) => sums));
  }
  return {
    entities: [...new Map(pieces.flatMap(({ entities }) => [...entities])).values()],
    throughMs: Math.min(endOf(fine), Math.max(fromMs, ...pieces.map(throughOf))),
    tracks: (wants) => {
      const sums = spliced(
        pieces.map((piece) => only(piece, wants)),
        fine,
      );
      return [...coarsened(sums, wanted.steps).entities.values()];
    },
  };
}

function throughOf({ steps, ticks }: NodeSums): number {
  return steps.fromMs + (ticks.findLastIndex((count) => count > 0) + 1) * steps.stepMs;
}

function only(sums: NodeSums, wants: (entity: SummedEntity) => boolean): NodeSums {
  return { ...sums, entities: new Map([...sums.entities].filter(([, entity]) => wants(entity))) };
}
