import type { NodeCondition } from '@docksnap/contract';
import type { Judgement } from '../judgement.ts';

const aroundMs = 15 * 60_000;

/** What a kubelet's conditions mean for those on the node, the worst first. */
const troubles = [
  ['DiskPressure', 'runs out of disk, so its kubelet removes images and evicts pods'],
  ['MemoryPressure', 'runs out of memory, so its kubelet evicts pods'],
  ['PIDPressure', 'runs out of process ids, so nothing new can be started soon'],
] as const;

/** The troubles that a node's kubelet reports by itself, as one; undefined where there are none. */
export function nodePressureOf(conditions: readonly NodeCondition[], nowMs: number): Judgement | undefined {
  const found = troubles.flatMap(([type, words]) => {
    const condition = conditions.find((one) => one.type === type && one.status === 'True');
    return condition === undefined ? [] : [{ condition, words }];
  });
  const [worst] = found;
  if (worst === undefined) return undefined;
  const since = found.flatMap(({ condition }) => condition.sinceMs ?? []);
  const sinceMs = since.length === 0 ? null : Math.min(...since);
  const { message } = worst.condition;
  return {
    kind: 'node-pressure',
    urgency: 'critical',
    confidence: 'certain',
    weight: found.length,
    sentence: `${found.map(({ words }) => words).join('; it ')}.${message === '' ? '' : ` The kubelet says: ${message}.`}`,
    evidence: [],
    sinceMs,
    chart: worst.condition.type === 'PIDPressure' ? 'cpu' : 'memory',
    fromMs: Math.max(0, (sinceMs ?? nowMs) - aroundMs),
    toMs: nowMs,
  };
}
