import type { ContainerFacts, Judgement } from './judgement.ts';
import { crashLoopOf } from './rules/crash-loop.ts';
import { leakOf, mayLeak } from './rules/leak.ts';
import { oomKilledOf } from './rules/oom-killed.ts';
import { mayBeFar, requestOf } from './rules/request.ts';
import { throttledOf } from './rules/throttled.ts';

/** Whether more must be known of a container than its last 15 minutes. */
export function wantsPast(facts: Omit<ContainerFacts, 'past'>): boolean {
  return mayLeak(facts) || mayBeFar(facts) || throttledOf({ ...facts, past: undefined }) !== undefined;
}

/**
 * All that is wrong with a container. A cause stands for what follows from it: who leaks until it is killed is not
 * told to be killed and to crash as well.
 */
export function judgedContainer(facts: ContainerFacts): readonly Judgement[] {
  const leak = leakOf(facts);
  const oomKilled = leak === undefined ? oomKilledOf(facts) : undefined;
  const crash = isOfMemory(facts) && (leak ?? oomKilled) !== undefined ? undefined : crashLoopOf(facts);
  return [leak, oomKilled, crash, throttledOf(facts), requestOf(facts)].filter((one) => one !== undefined);
}

/** Whether its last end was for want of memory. */
function isOfMemory({ description }: ContainerFacts): boolean {
  return description.lastTermination?.reason === 'OOMKilled';
}
