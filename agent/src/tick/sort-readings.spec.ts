import { describe, expect, it } from '@jest/globals';
import { Page } from '../exposition/page.ts';
import type { PagePath } from '../exposition/families.ts';
import type { Reading } from '../exposition/reading.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import { parsePodList } from '../pods/pod-list.ts';
import type { PodList } from '../pods/pod-list.ts';
import { hasUnknownOwner, sortReadings } from './sort-readings.ts';

const all = { include: new Set<string>(), exclude: new Set<string>() };
const uid = '25296b59-5617-4356-abc6-b14e3fc15755';
const startedAt = '2026-11-24T03:13:30Z';
const startedSeconds = Date.parse(startedAt) / 1000;
const tickMs = Date.parse('2026-11-24T03:34:25Z');
const sampleMs = tickMs - 5000;

interface Status {
  readonly runtimeId?: string;
  readonly previous?: { readonly runtimeId: string; readonly startedAt: string };
  readonly hostNetwork?: boolean;
}

/** A list of one pod, shop/web, with one container, httpd. */
function pods({ runtimeId = 'current', previous, hostNetwork = false }: Status = {}): PodList {
  const terminated = previous && { containerID: `containerd://${previous.runtimeId}`, startedAt: previous.startedAt };
  const status = {
    name: 'httpd',
    containerID: runtimeId === '' ? undefined : `containerd://${runtimeId}`,
    state: runtimeId === '' ? { waiting: {} } : { running: { startedAt } },
    lastState: { terminated },
  };
  const pod = {
    metadata: { namespace: 'shop', name: 'web', uid },
    spec: { hostNetwork, containers: [{ name: 'httpd' }] },
    status: { containerStatuses: [status] },
  };
  return parsePodList(JSON.stringify({ items: [pod] }), all);
}

function readings(path: PagePath, text: string): readonly Reading[] {
  const page = new Page(path, new RowDrops());
  page.start();
  page.push(Buffer.from(text));
  return page.finish() ?? [];
}

const small = (startSeconds: number, timeMs = sampleMs, pod = 'web') => `\
# TYPE container_cpu_usage_seconds_total counter
container_cpu_usage_seconds_total{container="httpd",namespace="shop",pod="${pod}"} 1.5 ${timeMs}
# TYPE container_start_time_seconds gauge
container_start_time_seconds{container="httpd",namespace="shop",pod="${pod}"} ${startSeconds}
`;
const big = (runtimeId: string, cgroup = `/kubepods/pod${uid}/${runtimeId}`) => `\
# TYPE container_memory_rss gauge
container_memory_rss{container="httpd",id="${cgroup}",name="${runtimeId}",namespace="shop",pod="web"} 7 ${sampleMs}
`;
const network = `\
# TYPE container_network_receive_bytes_total counter
container_network_receive_bytes_total{container="",id="/kubepods/pod${uid}/s",interface="eth0",name="s",namespace="shop",pod="web"} 7 ${sampleMs}
`;

/** To whom the one reading of a page goes: a runtime id, `pod`, `node`, or nobody. */
function holder(path: PagePath, text: string, list: PodList): string {
  const drops = new RowDrops();
  const [first] = sortReadings(readings(path, text), list, all, { tickMs, drops }).keys();
  if (first === undefined) return drops.count('unknown_container') > 0 ? 'unknown' : 'nobody';
  if (first === 'node') return 'node';
  return 'runtimeId' in first ? first.runtimeId : 'pod';
}

describe('a row of the small page', () => {
  const restarted = { previous: { runtimeId: 'previous', startedAt: '2026-11-24T03:13:00Z' } };

  it.each<[string, number, Status, string]>([
    ['goes to the start that the pod list tells', startedSeconds + 0.7, {}, 'current'],
    ['though its cgroup was made a while before', startedSeconds - 9.9, {}, 'current'],
    ['not to one that began later', startedSeconds - 10, {}, 'unknown'],
    ['not to one that had begun before', startedSeconds + 2, {}, 'unknown'],
    ['goes to the start before that one', startedSeconds - 30, restarted, 'previous'],
    [
      'goes to the nearer of two starts',
      startedSeconds - 3,
      { previous: { runtimeId: 'previous', startedAt: '2026-11-24T03:13:27Z' } },
      'previous',
    ],
    ['goes nowhere while the runtime id is not told', startedSeconds, { runtimeId: '' }, 'unknown'],
  ])('%s', (_what, startSeconds, status, expected) => {
    expect(holder('/metrics/resource', small(startSeconds), pods(status))).toBe(expected);
  });

  it('goes nowhere when nobody knows its pod', () => {
    expect(holder('/metrics/resource', small(startedSeconds, sampleMs, 'other'), pods())).toBe('unknown');
  });
});

describe('a row of the big page', () => {
  it.each<[string, string, string, string]>([
    ['goes to the start with its runtime id', 'current', `/kubepods/pod${uid}/current`, 'current'],
    [
      "finds the pod by systemd's way of writing its UID",
      'current',
      `/kubepods.slice/kubepods-pod${uid.replaceAll('-', '_')}.slice/cri-containerd-current.scope`,
      'current',
    ],
    ['goes nowhere with another runtime id', 'other', `/kubepods/pod${uid}/other`, 'unknown'],
    ['is not taken for a pod that was replaced under its name', 'current', '/kubepods/pod1234/current', 'unknown'],
  ])('%s', (_what, runtimeId, cgroup, expected) => {
    expect(holder('/metrics/cadvisor', big(runtimeId, cgroup), pods())).toBe(expected);
  });

  it("is the pod's when it is its sandbox's network", () => {
    expect(holder('/metrics/cadvisor', network, pods())).toBe('pod');
  });

  it("is nobody's when the pod has the node's network", () => {
    expect(holder('/metrics/cadvisor', network, pods({ hostNetwork: true }))).toBe('nobody');
  });
});

describe('a sample', () => {
  it('is sent once, however often the page shows it', () => {
    const page = new Page('/metrics/resource', new RowDrops());
    const send = (timeMs: number): number => {
      page.start();
      page.push(Buffer.from(small(startedSeconds, timeMs)));
      return sortReadings(page.finish() ?? [], pods(), all, { tickMs, drops: new RowDrops() }).size;
    };
    expect([send(sampleMs), send(sampleMs), send(sampleMs + 1)]).toEqual([1, 0, 1]);
  });

  it.each([
    ['15 minutes before the tick', tickMs - 15 * 60_000, 1],
    ['longer before', tickMs - 15 * 60_000 - 1, 0],
    ['a minute after it', tickMs + 60_000, 1],
    ['later', tickMs + 60_001, 0],
  ])('from %s is in range: %#', (_what, timeMs, expected) => {
    const drops = new RowDrops();
    const sorted = sortReadings(readings('/metrics/resource', small(startedSeconds, timeMs)), pods(), all, {
      tickMs,
      drops,
    });
    expect(sorted.size).toBe(expected);
    expect(drops.count('time_out_of_range')).toBe(1 - expected);
  });
});

describe('a container whose cgroup changes its time, for it makes cgroups of its own', () => {
  it('loses one sample and no more', () => {
    const page = new Page('/metrics/resource', new RowDrops());
    const list = pods();
    const send = (startSeconds: number, timeMs: number): number => {
      page.start();
      page.push(Buffer.from(small(startSeconds, timeMs)));
      return sortReadings(page.finish() ?? [], list, all, { tickMs, drops: new RowDrops() }).size;
    };
    expect(send(startedSeconds, sampleMs)).toBe(1);
    const moved = [1, 2, 3].map((tick) => send(startedSeconds + 500, sampleMs + tick));
    expect(moved).toEqual([0, 1, 1]);
    expect(send(startedSeconds - 500, sampleMs + 4)).toBe(0);
    expect(send(startedSeconds - 500, sampleMs + 5)).toBe(0);
  });
});

describe('the pod list', () => {
  it('is to be read again for an owner that it does not know, once per sample', () => {
    const unknown = readings('/metrics/cadvisor', big('other'));
    const drops = new RowDrops();
    expect(hasUnknownOwner(unknown, pods(), all)).toBe(true);
    sortReadings(unknown, pods(), all, { tickMs, drops });
    expect(hasUnknownOwner(unknown, pods(), all)).toBe(false);
    expect(drops.count('unknown_container')).toBe(1);
  });

  it('is not read again for a namespace that nobody watches', () => {
    const filter = { include: new Set<string>(), exclude: new Set(['shop']) };
    const unknown = readings('/metrics/cadvisor', big('other'));
    expect(hasUnknownOwner(unknown, pods(), filter)).toBe(false);
    expect(sortReadings(unknown, pods(), filter, { tickMs, drops: new RowDrops() }).size).toBe(0);
  });
});
