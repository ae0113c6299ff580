import { limits } from '@docksnap/contract/limits';
import type { PendingTick } from '../spool/backlog.ts';
import type { Backlog } from '../spool/backlog.ts';

/** Half of a push is left for descriptions, the report and frames. */
export const batchBytes = limits.pushBytes / 2;

/**
 * What to push next: the newest tick alone if it was not tried yet, so that live data never queues behind a backlog;
 * else the oldest ticks, as many as the limits and `most` allow, at least one.
 */
export function chooseBatch(backlog: Backlog, tried: PendingTick | undefined, most: number): readonly PendingTick[] {
  const { newest } = backlog;
  if (newest !== undefined && newest !== tried) return [newest];
  const batch: PendingTick[] = [];
  let bytes = 0;
  for (const tick of backlog) {
    bytes += tick.byteLength;
    if (batch.length > 0 && (batch.length >= most || bytes > batchBytes)) break;
    batch.push(tick);
  }
  return batch;
}
