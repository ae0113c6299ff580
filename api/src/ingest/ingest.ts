import type { Push, PushAnswer } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Cluster } from '../cluster/cluster.ts';
import { Clock } from '../clock.ts';
import { hashesOf, KnownDescriptions } from '../live/known-descriptions.ts';
import { Memory } from '../live/memory.ts';
import { Problem } from '../problem/problem.ts';
import { Store } from '../store/store.ts';
import { skewOf } from './clock-skew.ts';

/** The node that a token speaks for. */
export interface Sender {
  readonly nodeName: string;
  readonly nodeUid: string;
}

/** The way of a push: its descriptions, then its blocks, then memory, then the answer. */
@Injectable()
export class Ingest {
  constructor(
    private readonly cluster: Cluster,
    private readonly store: Store,
    private readonly memory: Memory,
    private readonly descriptions: KnownDescriptions,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when everything is stored. Rejects with Problem 409 `need` when descriptions lack, TickConflictError,
   * StoreUnavailableError: then nothing is known to be stored and the same push may be sent again.
   */
  async push(sender: Sender, push: Push): Promise<PushAnswer> {
    const receivedMs = this.clock.nowMs();
    refuseOtherNodes(sender, push);
    const record = await this.store.nodeFor(await this.cluster.uid(), sender.nodeName, sender.nodeUid);
    await this.store.putDescriptions(record.id, push.descriptions);
    const pushed = push.blocks.map(({ block }) => block);
    const descriptions = await this.descriptions.of(record.id, pushed, push.descriptions);
    refuseWithout([...hashesOf(pushed)].filter((hash) => !descriptions.has(hash)));

    const knownSkewMs = this.memory.get(record.id)?.clockSkewMs ?? 0;
    const clockSkewMs = push.report === undefined ? knownSkewMs : skewOf(push.report.sentAtMs, receivedMs, knownSkewMs);
    const { report } = push;
    const { stored, duplicate, fresh } = await this.store.append({
      nodeId: record.id,
      blocks: push.blocks,
      report,
      skewMs: clockSkewMs,
    });
    this.memory.accept(record, { blocks: fresh, descriptions, report, clockSkewMs, receivedMs });
    return { stored, duplicate };
  }
}

/** A token speaks for its own node: a push that says it is of another is a stolen token or a mixed-up agent. */
function refuseOtherNodes({ nodeName }: Sender, { descriptions }: Push): void {
  for (const description of descriptions.values()) {
    if (description.kind !== 'node' || description.name === nodeName) continue;
    const message = `the token is of node ${nodeName} and the push of node ${description.name}; nothing was stored: give each agent its own token`;
    throw new Problem(403, 'forbidden', message);
  }
}

function refuseWithout(need: readonly string[]): void {
  if (need.length === 0) return;
  const message = `${need.length} descriptions are not known here and nothing was stored; send the push again with them`;
  throw new Problem(409, 'need', message, { members: { need } });
}
