import { Injectable } from '@nestjs/common';
import type { LoggedPush } from '../commit-log/commit.ts';
import { PushTaker } from '../commit-log/follower.ts';
import { HeldBlocks } from '../recent/held-blocks.ts';
import { remember, reportOf } from '../recent/log-taker.ts';
import { Recent } from '../recent/recent.ts';
import { NodesRepository } from '../store/nodes.repository.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { KnownDescriptions } from './known-descriptions.ts';
import { Memory } from './memory.ts';

/** Takes what other replicas have stored into memory, as if this one had. */
@Injectable()
export class LiveTaker extends PushTaker {
  constructor(
    private readonly recent: Recent,
    private readonly held: HeldBlocks,
    private readonly memory: Memory,
    private readonly nodes: NodesRepository,
    private readonly descriptions: KnownDescriptions,
  ) {
    super();
  }

  /** Rejects with StoreUnavailableError: nothing was taken. */
  override async take(push: LoggedPush): Promise<void> {
    const record = await this.nodes.withKey(push.n);
    if (record === undefined) throw new StoreUnavailableError(`node ${push.n} is in a log and not in nodes; try again`);
    const held = await this.held.of(push);
    const blocks = held.map((block) => block.block());
    const descriptions = await this.descriptions.of(push.n, blocks);
    const fresh = new Set(
      remember(this.recent.node(push.n), push, held).map(({ epoch, firstSeq }) => `${epoch}/${firstSeq}`),
    );
    this.memory.accept(record, {
      blocks: blocks.filter(({ epoch, firstSeq }) => fresh.has(`${epoch}/${firstSeq}`)),
      descriptions,
      report: reportOf(push),
      clockSkewMs: push.skewMs,
      receivedMs: push.atMs,
      refusal: push.refusal,
    });
  }
}
