import { agentReportSchema } from '@docksnap/contract';
import type { LoggedPush } from '../commit-log/commit.ts';
import type { HeldBlock } from './held-block.ts';
import type { RecentNode } from './recent.ts';

/** Takes what stands in another replica's log, its blocks too, into memory; returns those that were not there. */
export function remember(node: RecentNode, push: LoggedPush, blocks: readonly HeldBlock[]): readonly HeldBlock[] {
  const { ticks, ledger } = node;
  const fresh = blocks.filter((block) => ticks.add(block));
  for (const block of fresh) ledger.store(block);
  ledger.duplicate += push.duplicate;
  const report = reportOf(push);
  if (report !== undefined) ledger.hear(report.ledger);
  return fresh;
}

/** The agent's report that came with a push; none where a newer replica took one that says what is not known here. */
export function reportOf({ report }: LoggedPush) {
  return report === null ? undefined : agentReportSchema.safeParse(JSON.parse(report)).data;
}
