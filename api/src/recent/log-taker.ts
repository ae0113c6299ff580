import { agentReportSchema } from '@docksnap/contract';
import { blocksOf, type LoggedPush } from '../commit-log/commit.ts';
import { HeldBlock } from './held-block.ts';
import type { RecentNode } from './recent.ts';

/** Takes what stands in another replica's log into memory; returns the blocks that were not there. */
export function remember(node: RecentNode, push: LoggedPush): readonly HeldBlock[] {
  const { ticks, ledger } = node;
  const fresh = blocksOf(push)
    .map(({ bytes, shiftMs }) => HeldBlock.of(bytes, shiftMs))
    .filter((block) => ticks.add(block));
  for (const block of fresh) ledger.store(block);
  ledger.duplicate += push.duplicate;
  const report = reportOf(push);
  if (report !== undefined) ledger.hear(report.ledger);
  return fresh;
}

/** The agent's report that came with a push. */
export function reportOf({ report }: LoggedPush) {
  return report === null ? undefined : agentReportSchema.parse(JSON.parse(report));
}
