import { type ContainerDetail, type PostMortem, queryMetrics, type Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { KnownNodes } from '../nodes/known-nodes.ts';
import type { Member } from '../series/member.ts';
import { metricIdsOf } from '../series/metric-values.ts';
import { Sources } from '../series/sources.ts';
import { stepValues } from '../series/step-sums.ts';
import type { Steps } from '../series/steps.ts';
import { Work } from '../series/work.ts';
import { grownBeside } from './grown.ts';

const { derivation } = queryMetrics.workingSetBytes;

/** The node of a container and what else ran on it: whoever may not see nodes sees the container's own namespace. */
@Injectable()
export class Surroundings {
  constructor(
    private readonly sources: Sources,
    private readonly nodes: KnownNodes,
  ) {}

  async of(
    scope: Scope,
    { id, nodeId, namespace }: Pick<ContainerDetail, 'id' | 'nodeId' | 'namespace'>,
    steps: Steps,
    signal: AbortSignal,
  ): Promise<Pick<PostMortem, 'node' | 'grown'>> {
    const seesNodes = scope.kind === 'all';
    const subject = seesNodes ? ({ kind: 'node', id: nodeId } as const) : ({ kind: 'namespace', namespace } as const);
    const asked = { steps, metricIds: metricIdsOf(['workingSetBytes']), work: new Work(signal) };
    const { members } = await this.sources.find(subject, scope, asked, 'container');
    const valuesOf = ({ track }: Member): Float64Array => stepValues(derivation, [track], steps.count);
    const onNode = members.filter(({ record }) => record?.id === nodeId);
    const grown = grownBeside(id, onNode, valuesOf);
    if (!seesNodes) return { node: null, grown };
    const used = onNode.filter(({ track }) => track.kind === 'node').flatMap((node) => [...valuesOf(node)]);
    const workingSetBytes = used.findLast((value) => !Number.isNaN(value)) ?? null;
    return { node: { memoryBytes: await this.memoryOf(nodeId), workingSetBytes }, grown };
  }

  private async memoryOf(nodeId: string): Promise<number | null> {
    const description = (await this.nodes.find(nodeId))?.live?.entities.get('node')?.description;
    return description?.kind === 'node' ? (description.memoryBytes ?? null) : null;
  }
}
