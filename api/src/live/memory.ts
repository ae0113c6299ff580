import type { TickEvent } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import { Clock } from '../clock.ts';
import { Recent } from '../recent/recent.ts';
import type { NodeRecord } from '../store/store.ts';
import { type AcceptedBlocks, type LiveNode, LiveNodes } from './live-nodes.ts';
import { type AcceptedPush, NodeMemory } from './node-memory.ts';

/** The last 15 minutes of all nodes. */
@Injectable()
export class Memory extends LiveNodes {
  private readonly nodes = new Map<string, NodeMemory>();
  private readonly tickEvents = new Subject<TickEvent>();
  private readonly acceptedBlocks = new Subject<AcceptedBlocks>();
  override readonly ticks: Observable<TickEvent> = this.tickEvents.asObservable();
  override readonly accepted: Observable<AcceptedBlocks> = this.acceptedBlocks.asObservable();

  constructor(
    private readonly clock: Clock,
    private readonly recent: Recent,
  ) {
    super();
  }

  override all(): readonly LiveNode[] {
    return [...this.nodes.values()];
  }

  override get(nodeId: string): LiveNode | undefined {
    return this.nodes.get(nodeId);
  }

  node(record: NodeRecord): NodeMemory {
    const node = this.nodes.get(record.id) ?? new NodeMemory(record, this.recent.node(record.id));
    this.nodes.set(record.id, node);
    return node;
  }

  everyNode(): Iterable<NodeMemory> {
    return this.nodes.values();
  }

  /** Takes a push that is stored, and tells those who watch. */
  accept(record: NodeRecord, push: AcceptedPush): void {
    const node = this.node(record);
    node.accept(push, this.clock.nowMs());
    this.acceptedBlocks.next({ node, blocks: push.blocks });
    if (node.lastTickMs !== null) this.tickEvents.next({ nodeId: record.id, tickMs: node.lastTickMs });
  }

  /** Lets go of all that is held of these nodes, as if they had never reported. */
  drop(nodeIds: ReadonlySet<string>): void {
    for (const nodeId of nodeIds) this.nodes.delete(nodeId);
    this.recent.drop(nodeIds);
  }

  forget(): void {
    const nowMs = this.clock.nowMs();
    this.recent.forget(nowMs);
    for (const node of this.nodes.values()) node.forget(nowMs);
  }
}
