import { nodeDetailSchema, seriesAnswerSchema } from '@docksnap/contract';
import { idOf } from './account.ts';
import type { DrilledNode } from './drilled-node.ts';
import { nodeCores } from './replayed-kubelet.ts';

/** What a rate may be off by: sample times are of whole milliseconds, and a step may have a sample more or less. */
const tolerance = 0.1;

/** What the console would draw for a node's CPU over a drill. */
export interface Rates {
  readonly lowest: number;
  readonly highest: number;
  /** The longest time without a value between two that are there, in ms. */
  readonly gapMs: number;
}

/** In steps of a second, from the drill's beginning on. */
export async function ratesOf(node: DrilledNode): Promise<Rates> {
  const range = `from=${node.startedMs}&to=${Date.now()}&stepSeconds=1`;
  const path = `/api/v1/series?node=${await idOf(node)}&metrics=cpuCores&${range}`;
  const { timestamps, metrics } = await node.site.client.get(path, seriesAnswerSchema);
  const values = metrics['cpuCores']?.values ?? [];
  const known = values.filter((value) => value !== null);
  const times = timestamps.filter((_, index) => values[index] !== null && values[index] !== undefined);
  const gaps = times.map((time, index) => time - (times[index - 1] ?? time));
  return { lowest: Math.min(...known), highest: Math.max(...known), gapMs: Math.max(...gaps) };
}

/** `rates as used` when each is what the kubelet's counters went up by. */
export function verdictOf({ lowest, highest }: Rates): string {
  const isRight = lowest >= nodeCores - tolerance && highest <= nodeCores + tolerance;
  return isRight ? 'rates as used' : `from ${lowest} to ${highest} cores`;
}

/** By how much the API says that the node's clock is ahead, in ms. */
export async function skewOf(node: DrilledNode): Promise<number> {
  const detail = await node.site.client.get(`/api/v1/nodes/${await idOf(node)}`, nodeDetailSchema);
  return detail.agent?.clockSkewMs ?? 0;
}
