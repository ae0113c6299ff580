import type { Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sees } from '../access/scope.ts';
import type { ContainerId } from '../containers/container-id.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { Problem } from '../problem/problem.ts';
import { type NodeRecord, Store } from '../store/store.ts';
import { belongingOf } from '../workloads/workload-of.ts';

/** Finds the nodes that a subject may be on. Rejects with 404 for what nobody knows. */
@Injectable()
export class KnownSubjects {
  constructor(
    private readonly live: LiveNodes,
    private readonly nodes: KnownNodes,
    private readonly store: Store,
  ) {}

  /** The node that a container was on. One that the scope does not hold is answered as one that is not there. */
  async nodeOf({ nodeId, key }: ContainerId, scope: Scope): Promise<NodeRecord> {
    const known = this.live.get(nodeId)?.entities.get(key) ?? (await this.store.entity(nodeId, key));
    const belonging = belongingOf(known?.description);
    const record = (await this.nodes.find(nodeId))?.record;
    const isVisible = belonging !== undefined && sees(scope, belonging.namespace);
    if (known?.kind === 'container' && record !== undefined && isVisible) return record;
    throw new Problem(404, 'not_found', `there is no container ${nodeId}~${key.replace('/', '~')}`);
  }

  /** The one node, or all. */
  async records(node: string | undefined): Promise<readonly NodeRecord[]> {
    if (node === undefined) return this.nodes.records();
    const known = await this.nodes.find(node);
    if (known === undefined) throw new Problem(404, 'not_found', `there is no node ${node}; see GET /api/v1/nodes`);
    return [known.record];
  }
}
