import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cadvisorPage, resourcePage } from '../testing/pages.ts';
import { slowRows, slowScaled } from '../testing/slow-page.ts';
import type { PagePath } from './families.ts';
import { metricsOf } from './families.ts';
import { lineBytes } from './lines.ts';
import { Page } from './page.ts';
import type { Reading } from './reading.ts';
import type { RowDropReason } from './row-drops.ts';
import { RowDrops, rowDropReasons } from './row-drops.ts';

interface Outcome {
  readonly readings: readonly Reading[] | undefined;
  readonly drops: Partial<Record<RowDropReason, number>>;
}

/** Reads one page in chunks of that many bytes. */
function read(path: PagePath, text: string | Buffer, chunkBytes = 65_536): Outcome {
  const drops = new RowDrops();
  const page = new Page(path, drops);
  page.start();
  feed(page, Buffer.from(text), chunkBytes);
  const counts = rowDropReasons.map((reason) => [reason, drops.count(reason)] as const);
  return { readings: page.finish(), drops: Object.fromEntries(counts.filter(([, count]) => count > 0)) };
}

/** Each chunk is overwritten once it was taken, as a reused buffer is. */
function feed(page: Page, bytes: Buffer, chunkBytes: number): void {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = Buffer.from(bytes.subarray(at, at + chunkBytes));
    page.push(chunk);
    chunk.fill(0x23);
  }
}

const type = '# TYPE container_cpu_usage_seconds_total counter\n';
const row = (labels: string, rest: string): string => `container_cpu_usage_seconds_total{${labels}} ${rest}\n`;
const burn = 'container="burn",namespace="default",pod="load"';

/** All values of the readings, as `name time metric value`. */
function lines(readings: readonly Reading[] | undefined): string[] {
  return (readings ?? []).flatMap(({ subject, group, sampleMs, values }) =>
    [...values].flatMap((value, column) => {
      const name = subject.kind === 'node' ? 'node' : `${subject.namespace}/${subject.pod}`;
      const container = subject.kind === 'container' ? subject.container : '';
      const metric = metricsOf(group)[column]?.name ?? '';
      return Number.isNaN(value) ? [] : [`${name}/${container} ${sampleMs} ${metric} ${value}`];
    }),
  );
}

describe('a real /metrics/resource', () => {
  it.each([1, 7, 4096, 1_000_000])('is read exactly in chunks of %d bytes', (chunkBytes) => {
    const { readings, drops } = read('/metrics/resource', resourcePage, chunkBytes);
    const expected = slowRows(resourcePage).flatMap(({ name, labels, value, timestampMs }) => {
      const metric = metricsOf('resource').find((each) => [each.family, each.nodeFamily].includes(name));
      if (metric === undefined) return [];
      const [namespace, pod, container] = ['namespace', 'pod', 'container'].map((label) => labels.get(label) ?? '');
      const entity = labels.size === 0 ? 'node/' : `${namespace}/${pod}/${container}`;
      return [`${entity} ${timestampMs} ${metric.name} ${slowScaled(value, metric.scale === 1 ? 0 : 6)}`];
    });
    expect(lines(readings).sort()).toEqual(expected.sort());
    expect(expected).toHaveLength(42);
    expect(drops).toEqual({});
  });

  it('tells when each container started, to the millisecond', () => {
    const { readings } = read('/metrics/resource', resourcePage);
    const agent = readings?.find(({ subject }) => subject.kind === 'container' && subject.container === 'agent');
    expect(agent?.startedAtMs).toBe(1_795_490_303_877);
  });
});

describe('a page of which some groups of metrics are wanted', () => {
  it.each([
    ['/metrics/resource', resourcePage, ['Memory'], ['swapBytes', 'workingSetBytes']],
    ['/metrics/cadvisor', cadvisorPage, ['Process'], ['fileDescriptors', 'processes', 'threads']],
    ['/metrics/cadvisor', cadvisorPage, ['Filesystem'], ['filesystemBytes']],
    ['/metrics/resource', resourcePage, ['Network'], []],
  ] as const)('%s: brings those alone', (path, text, groups, expected) => {
    const page = new Page(path, new RowDrops(), new Set(groups));
    page.start();
    page.push(Buffer.from(text));
    const names = lines(page.finish()).map((line) => line.split(' ')[2] ?? '');
    expect([...new Set(names)].sort()).toEqual(expected);
  });
});

describe('a real /metrics/cadvisor', () => {
  const { readings, drops } = read('/metrics/cadvisor', cadvisorPage, 16_384);

  it('has a cgroup reading for the node, each pod and each container, and a network reading for pods and node', () => {
    const counts = new Map<string, number>();
    for (const { group, subject } of readings ?? []) {
      counts.set(`${group} ${subject.kind}`, (counts.get(`${group} ${subject.kind}`) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      'cgroup node': 1,
      'cgroup pod': 12,
      'cgroup container': 14,
      'network node': 1,
      'network pod': 12,
    });
    expect(drops).toEqual({});
  });

  it("sums a container's rows exactly as another reading of the page does", () => {
    const all = slowRows(cadvisorPage);
    for (const { subject, group, values } of readings ?? []) {
      if (subject.kind !== 'container') continue;
      for (const [column, metric] of metricsOf(group).entries()) {
        const rows = all.filter(({ name, labels }) => name === metric.family && labels.get('id') === subject.cgroup);
        const sum = rows.reduce((total, { value }) => total + slowScaled(value, metric.scale === 1 ? 0 : 6), 0n);
        expect(values[column]).toBe(rows.length === 0 ? NaN : Number(sum));
      }
    }
  });

  it("counts the node's uplink alone, not the bridge that carries the same bytes", () => {
    const node = readings?.find(({ subject, group }) => subject.kind === 'node' && group === 'network');
    expect(node?.values[0]).toBe(1_555_729_930);
  });

  it('leaves CPU and working set to the small page', () => {
    expect(readings?.some(({ group }) => group === 'resource')).toBe(false);
  });

  it('reads the machine', () => {
    const page = new Page('/metrics/cadvisor', new RowDrops());
    page.start();
    feed(page, Buffer.from(cadvisorPage), 65_536);
    page.finish();
    expect(page.facts.get('machine_cpu_cores')?.value).toBe(2);
    expect(page.facts.get('machine_memory_bytes')?.value).toBe(25_276_063_744);
    expect(page.facts.get('cadvisor_version_info')?.labels.get('osVersion')).toBe('Debian GNU/Linux 12 (bookworm)');
  });
});

describe('a page that is not as it should be', () => {
  it.each<[string, string, Partial<Record<RowDropReason, number>>]>([
    ['a value that is no number', row(burn, 'NaN 1'), { bad_value: 1 }],
    ['a value beyond the safe integers', row(burn, '1e19 1'), { bad_value: 1 }],
    ['the same series twice', row(burn, '1 1') + row(burn, '2 1'), { duplicate: 1 }],
    ['the same container under other labels', row(burn, '1 1') + row(`${burn},x="y"`, '2 1'), { duplicate: 1 }],
    ['labels that do not end', `container_cpu_usage_seconds_total{${burn} 1 1\n`, { malformed: 1 }],
    ['labels that are none', row('container=burn', '1 1'), { malformed: 1 }],
    ['a label named twice', row('pod="a",pod="b"', '1 1'), { malformed: 1 }],
    ['no value', row(burn, ''), { malformed: 1 }],
    ['a time that is no integer', row(burn, '1 1.5'), { malformed: 1 }],
    ['more than a time', row(burn, '1 1 1'), { malformed: 1 }],
    ["another family's row", 'container_cpu_usage_seconds_totals 1 1\n', { malformed: 1 }],
    ['a line that is too long', row(`${burn},x="${'y'.repeat(lineBytes)}"`, '1 1'), { overlong: 1 }],
  ])('counts %s and goes on', (_what, rows, expected) => {
    const last = row('container="last",namespace="default",pod="load"', '5 1795491254093');
    for (const chunkBytes of [100, 1_000_000]) {
      const { readings, drops } = read('/metrics/resource', type + rows + last, chunkBytes);
      expect(drops).toEqual(expected);
      expect(lines(readings)).toContain('default/load/last 1795491254093 cpuUsageMicros 5000000');
    }
  });

  it('drops a row whose time is further than a second from the others of its container', () => {
    const memory = '# TYPE container_memory_working_set_bytes gauge\n';
    const other = (time: number) => `container_memory_working_set_bytes{${burn}} 7 ${time}\n`;
    const first = type + row(burn, '1 1795491254000') + memory;
    expect(read('/metrics/resource', first + other(1_795_491_255_000)).drops).toEqual({});
    expect(read('/metrics/resource', first + other(1_795_491_255_001)).drops).toEqual({ mixed_time: 1 });
  });

  it.each(['', '<html>busy</html>', '# TYPE go_goroutines gauge\ngo_goroutines 5\n'])(
    'is no page at all: %j',
    (text) => {
      expect(read('/metrics/resource', text).readings).toBeUndefined();
    },
  );

  it('takes escapes, braces and quotes in label values', () => {
    const { readings } = read(
      '/metrics/resource',
      type + row(String.raw`container="a\"}\\n\n",namespace="b",pod="c"`, '1 1'),
    );
    expect(readings?.[0]?.subject).toMatchObject({ container: 'a"}\\n\n' });
  });

  it('takes a last line without a newline', () => {
    expect(lines(read('/metrics/resource', type + row(burn, '1 5').trimEnd()).readings)).toHaveLength(1);
  });

  it('never throws, whatever the bytes and however they come', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.string().map((text) => Buffer.from(type + text)),
      fc.string().map((text) => Buffer.from(type + row(text, text))),
    );
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (parts, chunkBytes) => {
        read('/metrics/resource', Buffer.concat(parts), chunkBytes);
      }),
    );
  });
});

describe('a container that is away for a page', () => {
  it('is read again when it comes back', () => {
    const page = new Page('/metrics/resource', new RowDrops());
    const [first, second] = ['a', 'b'].map((name) => row(`container="${name}",namespace="n",pod="p"`, '1 1'));
    const counts = [[first, second], [first], [first, second]].map((rows) => {
      page.start();
      feed(page, Buffer.from(type + rows.join('')), 65_536);
      return page.finish()?.length;
    });
    expect(counts).toEqual([2, 1, 2]);
  });
});

describe('any set of samples', () => {
  // Few, so that they are away for a page and come back, and each in turn follows another.
  const name = fc.constantFrom('a', 'b"}', 'c\\', 'dé', '{e', 'f');
  const sample = fc.record({ pod: name, container: name, micros: fc.maxSafeNat(), timeMs: fc.nat(9_999_999) });
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

  it('comes back as it was written, page after page', () => {
    const samples = fc.uniqueArray(sample, { selector: ({ pod, container }) => `${pod} ${container}`, maxLength: 20 });
    const drops = new RowDrops();
    const page = new Page('/metrics/resource', drops);
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 200 }), (written, chunkBytes) => {
        const rows = written.map(({ pod, container, micros, timeMs }) => {
          const seconds = `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
          return row(`container="${escaped(container)}",namespace="n",pod="${escaped(pod)}"`, `${seconds} ${timeMs}`);
        });
        page.start();
        feed(page, Buffer.from(type + rows.join('')), chunkBytes);
        const expected = written.map(
          (each) => `n/${each.pod}/${each.container} ${each.timeMs} cpuUsageMicros ${each.micros}`,
        );
        expect(lines(page.finish()).sort()).toEqual(expected.sort());
      }),
    );
    expect(rowDropReasons.map((reason) => drops.count(reason))).toEqual(rowDropReasons.map(() => 0));
  });
});
