import { describe, expect, it } from '@jest/globals';
import { metricGroups } from '../exposition/metric-groups.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import { podsPage, resourcePage } from '../testing/pages.ts';
import { ScrapeTimes } from './scrape-times.ts';
import { Scraper } from './scraper.ts';

/** A scraper of a kubelet that answers each page with these chunks. */
function scraperOf(chunks: () => Iterable<Buffer>) {
  const problems = new Problems(
    Date.now,
    createLog('error', () => undefined, Date.now),
  );
  const kubelet = {
    read: (_path: string, take: (chunk: Buffer) => void) => {
      for (const chunk of chunks()) take(chunk);
      return Promise.resolve();
    },
  };
  const drops = new RowDrops();
  const namespaces = { include: new Set<string>(), exclude: new Set<string>() };
  const parts = { kubelet, problems, drops, namespaces, times: new ScrapeTimes(), metricGroups: new Set(metricGroups) };
  return { scraper: new Scraper(parts), problems, drops };
}

function* repeated(text: string, times: number): Generator<Buffer> {
  const chunk = Buffer.from(text);
  for (let time = 0; time < times; time++) yield chunk;
}

describe('a hostile kubelet', () => {
  it('whose pod list is a bomb of empty objects is not parsed, and named', async () => {
    const { scraper, problems } = scraperOf(function* () {
      yield Buffer.from('{"items":[');
      yield* repeated('{},'.repeat(10_000), 100);
      yield Buffer.from('{}]}');
    });
    expect(await scraper.readPods()).toBeUndefined();
    expect(problems.list()).toMatchObject([{ reason: 'KubeletPageInvalid' }]);
  });

  it('that sends a line of a gigabyte has it dropped and counted, and nothing of it held', async () => {
    const { scraper, drops } = scraperOf(function* () {
      yield Buffer.from(resourcePage);
      yield* repeated('x'.repeat(1024 * 1024), 1024);
    });
    const before = process.memoryUsage().rss;
    expect((await scraper.readPage('/metrics/resource'))?.length).toBeGreaterThan(10);
    expect(drops.count('overlong')).toBe(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });

  it('is a usual one when its pages are', async () => {
    const { scraper, problems } = scraperOf(() => repeated(podsPage, 1));
    expect((await scraper.readPods())?.pods).toHaveLength(12);
    expect(problems.list()).toEqual([]);
  });
});
