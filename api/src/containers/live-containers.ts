import type { ContainerDescription, ContainerSummary, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sees } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import { type LiveNode, LiveNodes } from '../live/live-nodes.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { silenceOf } from '../nodes/silence.ts';
import { type Latest, nothing } from '../series/latest.ts';
import { type LatestOfNode, LatestValues } from '../series/latest-values.ts';
import type { KnownEntity, NodeRecord } from '../store/store.ts';

/** One container of the last 15 minutes, before it is put in words. */
export interface LiveContainer {
  readonly record: NodeRecord;
  readonly entity: KnownEntity;
  readonly description: ContainerDescription;
  readonly state: ContainerSummary['state'];
  readonly stateReason: string | null;
  /** Empty where the node is silent or the container gone. */
  readonly latest: Latest;
}

/** What is known of a node's containers besides themselves. */
interface NodeView {
  readonly live: LiveNode;
  readonly silence: string | null;
  readonly latest: LatestOfNode;
}

/** The containers that memory holds, as far as somebody may see them. */
@Injectable()
export class LiveContainers {
  constructor(
    private readonly live: LiveNodes,
    private readonly nodes: KnownNodes,
    private readonly values: LatestValues,
    private readonly clock: Clock,
  ) {}

  /** Every container of a scope, in no order: those that are there, and those gone within the last 15 minutes. */
  async all(scope: Scope): Promise<LiveContainer[]> {
    const views = await Promise.all(this.live.all().map(async (live) => this.view(live)));
    return views.flatMap((view) =>
      [...view.live.entities.values()]
        .map((entity) => liveContainer(view, entity))
        .filter((container) => container !== undefined)
        .filter((container) => sees(scope, container.description.namespace)),
    );
  }

  /** One container, or undefined when memory does not hold it. Applies no scope. */
  async find(nodeId: string, key: string): Promise<LiveContainer | undefined> {
    const live = this.live.get(nodeId);
    const entity = live?.entities.get(key);
    return live === undefined || entity === undefined ? undefined : liveContainer(await this.view(live), entity);
  }

  private async view(live: LiveNode): Promise<NodeView> {
    const known = await this.nodes.find(live.record.id);
    const silence = known === undefined ? null : silenceOf(known, this.clock.nowMs());
    return { live, silence: silence?.reason ?? null, latest: silence === null ? this.values.of(live) : new Map() };
  }
}

function liveContainer({ live, silence, latest }: NodeView, entity: KnownEntity): LiveContainer | undefined {
  const { description, key } = entity;
  if (description?.kind !== 'container') return undefined;
  const { record } = live;
  if (!live.present.has(key)) {
    return { record, entity, description, state: 'gone', stateReason: null, latest: nothing };
  }
  if (silence !== null) {
    return { record, entity, description, state: 'unknown', stateReason: silence, latest: nothing };
  }
  const { state, stateReason = null } = description;
  return { record, entity, description, state, stateReason, latest: latest.get(key) ?? nothing };
}
