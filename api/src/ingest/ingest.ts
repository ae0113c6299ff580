import type { PushAnswer } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Memory } from '../live/memory.ts';
import { Problem } from '../problem/problem.ts';
import { type NodeRecord, Store } from '../store/store.ts';
import { skewOf } from './clock-skew.ts';
import { Conduct } from './conduct.ts';
import { NamedContent } from './named-content.ts';
import type { PushBody } from './push-body.ts';

/** The way of a push: its descriptions, then its blocks, then memory, then the answer. */
@Injectable()
export class Ingest {
  constructor(
    private readonly store: Store,
    private readonly memory: Memory,
    private readonly content: NamedContent,
    private readonly conduct: Conduct,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when everything is stored. Rejects with Problem 409 `need` when descriptions or rosters lack, TickConflictError,
   * StoreUnavailableError: then nothing is known to be stored and the same push may be sent again.
   */
  async push(record: NodeRecord, push: PushBody): Promise<PushAnswer> {
    const receivedMs = this.clock.nowMs();
    refuseOtherNodes(record, push);
    const { blocks, descriptions } = await this.content.of(record.id, push);

    const knownSkewMs = this.memory.get(record.id)?.clockSkewMs ?? 0;
    const clockSkewMs = push.report === undefined ? knownSkewMs : skewOf(push.report.sentAtMs, receivedMs, knownSkewMs);
    const { report } = push;
    this.conduct.check(record, push, blocks, clockSkewMs);
    const { stored, duplicate, fresh } = await this.store.append({
      nodeId: record.id,
      blocks,
      report,
      skewMs: clockSkewMs,
    });
    this.memory.accept(record, { blocks: fresh, descriptions, report, clockSkewMs, receivedMs });
    return { stored, duplicate };
  }
}

/** A token speaks for its own node: a push that says it is of another is a stolen token or a mixed-up agent. */
function refuseOtherNodes({ name: nodeName }: NodeRecord, { descriptions }: PushBody): void {
  for (const description of descriptions.values()) {
    if (description.kind !== 'node' || description.name === nodeName) continue;
    const message = `the token is of node ${nodeName} and the push of node ${description.name}; nothing was stored: give each agent its own token`;
    throw new Problem(403, 'forbidden', message);
  }
}
