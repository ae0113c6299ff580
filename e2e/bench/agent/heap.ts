import { metricGroups } from '../../../agent/src/exposition/metric-groups.ts';
import { Page } from '../../../agent/src/exposition/page.ts';
import { RowDrops } from '../../../agent/src/exposition/row-drops.ts';
import { readLater, type KubeletPages } from './expanded-pages.ts';

/** As a socket brings them. */
const chunkBytes = 64 * 1024;
const readings = 8;

/**
 * Heap that reading a page takes which was read before, per sample on it. A collection that falls between makes a
 * reading look cheaper than none and is left out; of the others the cheapest counts, for the rest is the runtime's own.
 */
export function heapBytesPerSample({ cadvisor }: KubeletPages): number {
  const page = new Page('/metrics/cadvisor', new RowDrops(), new Set(metricGroups));
  let [least, samples] = [Infinity, 0];
  for (let step = 0; step < readings; step++) {
    const chunks = chunksOf(readLater(cadvisor, Date.now() + step * 1000, step));
    const before = process.memoryUsage().heapUsed;
    page.start();
    for (const chunk of chunks) page.push(chunk);
    const taken = process.memoryUsage().heapUsed - before;
    samples = (page.finish() ?? []).reduce((sum, reading) => sum + reading.rows, 0);
    if (step > 0 && taken >= 0) least = Math.min(least, taken);
  }
  return least / samples;
}

function chunksOf(page: string): Buffer[] {
  const bytes = Buffer.from(page);
  const count = Math.ceil(bytes.length / chunkBytes);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes));
}
