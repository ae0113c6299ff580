import { createWriteStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import { run } from '../../cluster/process.ts';
import { peerRecipes } from './recipes.ts';
import type { PeerSeries } from './series.ts';

const createMs = 10 * 60_000;

/** What Prometheus' blocks take on the disk, in bytes. */
export interface PrometheusBytes {
  readonly samples: number;
  readonly index: number;
}

/**
 * Makes blocks of these series in `folder`/blocks, as Prometheus keeps them at rest, and tells their size.
 * https://prometheus.io/docs/prometheus/latest/storage/#backfilling-from-openmetrics-format
 */
export async function prometheusBlocks(folder: string, series: readonly PeerSeries[]): Promise<PrometheusBytes> {
  const promtool = join(await ensureBuilt(peerRecipes.prometheus), 'promtool');
  const input = join(folder, 'samples.openmetrics');
  await writeOpenMetrics(input, series);
  const blocks = join(folder, 'blocks');
  await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', input, blocks], { timeoutMs: createMs });
  const files = readdirSync(blocks, { recursive: true, encoding: 'utf8' }).map((name) => join(blocks, name));
  const bytes = (part: RegExp): number =>
    files.filter((path) => part.test(path)).reduce((sum, path) => sum + statSync(path).size, 0);
  return { samples: bytes(/\/chunks\/\d+$/), index: bytes(/\/index$/) };
}

/** https://github.com/prometheus/OpenMetrics: series of one family together, times in seconds. */
async function writeOpenMetrics(path: string, series: readonly PeerSeries[]): Promise<void> {
  const file = createWriteStream(path);
  const families = Map.groupBy(series, ({ labels }) => labels['__name__'] ?? '');
  for (const [name, members] of families) {
    file.write(`# TYPE ${name} unknown\n`);
    for (const { labels, timesMs, values } of members) {
      const pairs = Object.entries(labels).filter(([label]) => label !== '__name__');
      const id = `${name}{${pairs.map(([label, value]) => `${label}="${value}"`).join(',')}}`;
      file.write(timesMs.map((time, i) => `${id} ${values[i] ?? 0} ${(time / 1000).toFixed(3)}\n`).join(''));
    }
  }
  file.end('# EOF\n');
  await finished(file);
}
