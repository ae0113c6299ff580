import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventRecord, eventsAnswerSchema } from '@docksnap/contract';
import { Leases } from '../leases/leases.ts';
import { windowMs, windowOf } from '../store/identifiers.ts';
import { all, billing, ExampleApi, noonMs } from '../testing/example-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { EventWindows } from './event-windows.ts';
import { EventsWriter } from './events-writer.ts';
import { RecentEvents } from './recent-events.ts';
import { anEvent } from './testing/events.ts';

const example = new ExampleApi();
const minuteMs = 60_000;

const ledger = { namespace: 'billing', workload: { kind: 'Pod', name: 'ledger' }, pod: 'ledger', container: 'ledger' };
const nobody = { namespace: null, workload: null, pod: null, containerId: null, container: null };
const ofSeries = { kind: 'kubernetes', reason: 'BackOff' } as const;
const events: readonly EventRecord[] = [
  anEvent({ id: 'a', atMs: noonMs - minuteMs, kind: 'oom', isWarning: true }),
  anEvent({ id: 'b', atMs: noonMs - 2 * minuteMs, ...ledger, containerId: 'n2~q~ledger' }),
  anEvent({ id: 'c', atMs: noonMs - 3 * minuteMs, kind: 'node-silent', isWarning: true, ...nobody }),
  anEvent({ id: 'd', atMs: noonMs - 30 * minuteMs, kind: 'deploy', message: 'image <script>alert(1)</script>' }),
  anEvent({ id: 'e', atMs: noonMs - 30 * minuteMs, ...ofSeries, count: 7 }),
];
/** Memory holds none of these for long: whoever looks for events forgets them at any moment. */
const stored: readonly EventRecord[] = [
  anEvent({ id: 'old', atMs: noonMs - 26 * 60 * minuteMs }),
  // What was known of a series nine hours before.
  anEvent({ id: 'e', atMs: noonMs - 9 * 60 * minuteMs, ...ofSeries, count: 3 }),
];

beforeAll(async () => {
  await example.start();
  example.part(RecentEvents).take(events);
  // All but what memory holds is then in the database.
  await example.part(EventsWriter).turn();
  example.part(RecentEvents).forget(noonMs + 40 * minuteMs);
  await example.part(EventWindows).add(stored);
}, 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

async function ask(query = '') {
  return eventsAnswerSchema.parse(await example.ask(`events?${query}`));
}

const idsOf = ({ items }: { items: readonly EventRecord[] }): string => items.map(({ id }) => id).join('');

describe('GET /api/v1/events', () => {
  it('tells what happened in the last day, newest first', async () => {
    const answer = await ask();
    expect(idsOf(answer)).toBe('abced');
    expect(answer).toMatchObject({ next: null, partial: null, toMs: noonMs + 5000 });
    expect(answer.items[4]?.message).toBe('image <script>alert(1)</script>');
  });

  it.each([
    ['a kind', 'kinds=oom', 'a'],
    ['kinds', 'kinds=oom,%20deploy', 'ad'],
    ['warnings', 'warnings=only', 'ac'],
    ['a namespace', 'namespace=billing', 'b'],
    ['a workload', 'workload=shop/Deployment/web', 'aed'],
    ['a container', 'container=n2~q~ledger', 'b'],
    ['a node', 'node=n1&kinds=node-silent', 'c'],
    ['words', 'q=backoff%20WEB', 'e'],
    ['a range', `from=${noonMs - 31 * minuteMs}&to=${noonMs - 2 * minuteMs}`, 'bced'],
    [
      'a range in which a series had happened less often',
      `from=${noonMs - 10 * 60 * minuteMs}&to=${noonMs - 8 * 60 * minuteMs}`,
      'e',
    ],
    ['a range of days', `from=${noonMs - 48 * 60 * minuteMs}`, 'abcedold'],
    ['nothing', 'q=nothing-has-this-name', ''],
  ])('tells those of %s', async (_sentence, query, expected) => {
    expect(idsOf(await ask(query))).toBe(expected);
  });

  it('shows a scope its namespaces alone, and no nodes', async () => {
    example.scope = billing;
    expect(idsOf(await ask())).toBe('b');
    expect(idsOf(await ask('namespace=shop'))).toBe('');
    expect(idsOf(await ask('limit=1'))).toBe('b');
  });

  it('goes on page by page, over equal times and empty windows', async () => {
    const pages: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null && pages.length < 9) {
      const page = await ask(`limit=2&from=${noonMs - 48 * 60 * minuteMs}${cursor === '' ? '' : `&cursor=${cursor}`}`);
      pages.push(idsOf(page));
      cursor = page.next;
    }
    // A page does not know those before it: of a series it tells what was known then.
    expect(pages).toEqual(['ab', 'ce', 'de', 'old']);
  });

  it('looks through a week at a time', async () => {
    const page = await ask(`from=${noonMs - 20 * 24 * 60 * minuteMs}`);
    expect(idsOf(page)).toBe('abcedold');
    const last = await ask(`from=${noonMs - 20 * 24 * 60 * minuteMs}&cursor=${page.next ?? ''}`);
    expect(idsOf(last)).toBe('');
    expect(last.next).not.toBeNull();
  });

  it('keeps 30 days, and removes what was left while nobody wrote', async () => {
    const windows = example.part(EventWindows);
    const clock = new TestClock(noonMs);
    const days = [29.9, 30.02, 30.5, 31.5];
    const old = days.map((age) => anEvent({ id: `${age} days`, atMs: Math.round(noonMs - age * 24 * 60 * minuteMs) }));
    await windows.add(old);
    const left = async () => {
      const read = await Promise.all(old.map(async ({ atMs }) => windows.read(windowOf(atMs))));
      return read.flatMap(({ events: [event] }) => event?.id ?? []);
    };
    const writer = new EventsWriter(example.part(Leases), new RecentEvents(), windows, clock);
    await writer.turn();
    expect(await left()).toEqual(['29.9 days', '31.5 days']);
    clock.advance(windowMs);
    await writer.turn();
    expect(await left()).toEqual(['29.9 days']);
  });

  it.each([
    ['kinds=colour', 'kinds'],
    ['warnings=some', 'warnings'],
    [`from=${noonMs}&to=${noonMs}`, 'from'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${Buffer.from('[1e99,"x"]').toString('base64url')}`, 'cursor'],
    ['limit=1001', 'limit'],
  ])('refuses %s', async (query, parameter) => {
    const { status, body } = await example.get(`events?${query}`);
    expect([status, body]).toEqual([422, expect.objectContaining({ parameter })]);
  });
});
