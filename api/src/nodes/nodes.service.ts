import type { NodeDetail, NodeList, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { mustSeeNodes } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import { Problem } from '../problem/problem.ts';
import type { Latest } from '../series/latest.ts';
import { LatestValues } from '../series/latest-values.ts';
import { type KnownNode, KnownNodes } from './known-nodes.ts';
import { nodeDetail, nodeSummary } from './node-summary.ts';

@Injectable()
export class NodesService {
  constructor(
    private readonly nodes: KnownNodes,
    private readonly latest: LatestValues,
    private readonly clock: Clock,
  ) {}

  async list(scope: Scope): Promise<NodeList> {
    mustSeeNodes(scope);
    const nowMs = this.clock.nowMs();
    const nodes = await this.nodes.listed();
    return { items: nodes.map((node) => nodeSummary(node, this.valuesOf(node), nowMs)) };
  }

  async detail(scope: Scope, id: string): Promise<NodeDetail> {
    mustSeeNodes(scope);
    const node = await this.nodes.find(id);
    if (node === undefined) throw new Problem(404, 'not_found', `there is no node ${id}; see GET /api/v1/nodes`);
    return nodeDetail(node, this.valuesOf(node), this.clock.nowMs());
  }

  private valuesOf({ live }: KnownNode): Latest | undefined {
    return live === undefined ? undefined : this.latest.of(live).get('node');
  }
}
