import type { LiveNode } from './live-nodes.ts';

/**
 * How often something new comes from a node, in ms. One read may bring many samples, a second apart each: of those and
 * what the agent says of its reads the larger counts, for between two reads nothing can come.
 */
export function heardEveryMs({ intervalMs, report }: Pick<LiveNode, 'intervalMs' | 'report'>): number {
  return Math.max(intervalMs, report?.intervalMs ?? 0);
}
