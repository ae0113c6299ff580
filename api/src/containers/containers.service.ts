import type { ContainerDetail, ContainerList, ContainerQuery, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sees } from '../access/scope.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { Problem } from '../problem/problem.ts';
import { nothing } from '../series/latest.ts';
import { Store } from '../store/store.ts';
import { containerFilter } from './container-filter.ts';
import { type ContainerId, parseContainerId } from './container-id.ts';
import { inOrder, page } from './container-order.ts';
import { containerDetail, containerSummary } from './container-summary.ts';
import { type LiveContainer, LiveContainers } from './live-containers.ts';

@Injectable()
export class ContainersService {
  constructor(
    private readonly containers: LiveContainers,
    private readonly nodes: KnownNodes,
    private readonly store: Store,
  ) {}

  async list(scope: Scope, query: ContainerQuery): Promise<ContainerList> {
    const matching = (await this.containers.all(scope)).filter(containerFilter(query));
    const { items, next } = page(inOrder(matching, query.sort), query.sort, query.limit, query.cursor);
    return { items: items.map((container) => containerSummary(container)), total: matching.length, next };
  }

  /** A container of any age within retention. One that somebody may not see is answered as one that is not there. */
  async detail(scope: Scope, id: string): Promise<ContainerDetail> {
    const parsed = parseContainerId(id);
    const container = parsed === undefined ? undefined : await this.find(parsed);
    if (container === undefined || !sees(scope, container.description.namespace)) {
      throw new Problem(404, 'not_found', `there is no container ${id}, or its past is older than what is kept`);
    }
    return containerDetail(container);
  }

  private async find({ nodeId, key }: ContainerId): Promise<LiveContainer | undefined> {
    return (await this.containers.find(nodeId, key)) ?? (await this.past(nodeId, key));
  }

  private async past(nodeId: string, key: string): Promise<LiveContainer | undefined> {
    const record = (await this.nodes.find(nodeId))?.record;
    const entity = record === undefined ? undefined : await this.store.entity(nodeId, key);
    if (record === undefined || entity?.description?.kind !== 'container') return undefined;
    const { description } = entity;
    return { record, entity, description, state: 'gone', stateReason: null, latest: nothing };
  }
}
