import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { KubeConnection } from '../kube/connection.ts';
import { createLog } from '../log.ts';
import type { Behaviour, Thing } from '../testing/api-server.ts';
import { ApiServer, events, page, refusal, thenCut, thenEnd, thing } from '../testing/api-server.ts';
import { until } from '../testing/until.ts';
import { realTimers } from '../work-queue.ts';
import { Backoff } from './backoff.ts';
import { Reflector } from './reflector.ts';

const silenceMs = 150;
const thingSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string(), resourceVersion: z.string() }),
});

describe('a reflector', () => {
  let server: ApiServer;
  let connection: KubeConnection;
  let changes: string[];
  let log: string[];
  let reflector: Reflector<Thing>;
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(async () => {
    server = new ApiServer();
    connection = await server.start();
    [changes, log] = [[], []];
    stop = new AbortController();
    reflector = new Reflector<Thing>({
      connection,
      log: createLog('debug', (line) => log.push(line)),
      path: '/api/v1/things',
      query: { labelSelector: 'app=agent' },
      parse: (object) => thingSchema.parse(object),
      onChange: (now, before) => changes.push(`${name(before)}→${name(now)}`),
      silenceMs,
      backoff: new Backoff(realTimers, { firstMs: 10, longestMs: 50 }),
    });
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await connection.close();
    await server.stop();
  });

  function name(object: Thing | undefined): string {
    return object === undefined ? '' : `${object.metadata.name}@${object.metadata.resourceVersion}`;
  }
  function given(lists: Behaviour[], watches: Behaviour[]): void {
    server.lists.push(...lists);
    server.watches.push(...watches);
    running = reflector.run(stop.signal);
  }
  const known = (): string[] => reflector.all().map(name).sort();
  const become = (...expected: string[]): Promise<unknown> =>
    until(expected.join(), () => JSON.stringify(known()) === JSON.stringify(expected));

  it('lists page by page, with its selector, and says when it is synced', async () => {
    given([page(10, [thing('a', 1)], 'more'), page(10, [thing('b', 2)])], [events()]);
    expect(reflector.isSynced).toBe(false);
    await reflector.whenSynced();
    expect(known()).toEqual(['a@1', 'b@2']);
    expect(server.listed.map((query) => [query.get('labelSelector'), query.get('continue')])).toEqual([
      ['app=agent', null],
      ['app=agent', 'more'],
    ]);
  });

  it('follows what is added, changed and deleted', async () => {
    const watch = events(['ADDED', thing('b', 11)], ['MODIFIED', thing('a', 12)], ['DELETED', thing('b', 13)]);
    given([page(10, [thing('a', 1)])], [watch]);
    await become('a@12');
    expect(changes).toEqual(['→a@1', '→b@11', 'a@1→a@12', 'b@11→']);
    expect(reflector.get('here/a')).toEqual(thing('a', 12));
  });

  it('asks for bookmarks and goes on from the last one when the server ends the watch', async () => {
    const bookmark = { metadata: { resourceVersion: '99' } };
    given([page(10, [])], [thenEnd(events(['BOOKMARK', bookmark])), events()]);
    await until('a second watch', () => server.watched.length === 2);
    expect(server.watched.map((query) => query.get('resourceVersion'))).toEqual(['10', '99']);
    expect(server.watched[0]?.get('allowWatchBookmarks')).toBe('true');
    expect(server.listed).toHaveLength(1);
  });

  it('does not tell of an object that a list brings unchanged', async () => {
    given([page(10, [thing('a', 1)]), page(20, [thing('a', 1), thing('b', 15)])], [refusal(410, 'Expired'), events()]);
    await become('a@1', 'b@15');
    expect(changes).toEqual(['→a@1', '→b@15']);
  });

  it.each([
    ['as an answer', refusal(410, 'Expired')],
    ['as an event', events(['ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' }])],
  ])(
    'lists anew when its version has grown too old, told %s, and sees what was deleted meanwhile',
    async (_how, old) => {
      given([page(10, [thing('a', 1)]), page(20, [])], [old, events()]);
      await until('nothing', () => changes.includes('a@1→'));
      expect(known()).toEqual([]);
      await until('a watch from there', () => server.watched.at(-1)?.get('resourceVersion') === '20');
    },
  );

  it('keeps what it knows and goes on from there when a watch is refused with 500', async () => {
    given([page(10, [thing('a', 1)])], [refusal(500), refusal(503), events(['ADDED', thing('b', 11)])]);
    await become('a@1', 'b@11');
    expect(server.listed).toHaveLength(1);
    expect(log.join()).toContain('500');
  });

  it('lists again and again until it is answered', async () => {
    given([refusal(500), refusal(429), refusal(403), page(10, [thing('a', 1)])], [events()]);
    await become('a@1');
    expect(server.listed).toHaveLength(4);
  });

  it('goes on from the last whole event when the connection is cut in the middle of one', async () => {
    given([page(10, [])], [thenCut(events(['ADDED', thing('a', 11)])), events(['ADDED', thing('b', 12)])]);
    await become('a@11', 'b@12');
    expect(server.watched.map((query) => query.get('resourceVersion'))).toEqual(['10', '11']);
  });

  it('gives up a watch that is silent for too long', async () => {
    given([page(10, [])], [events(), events(['ADDED', thing('a', 11)])]);
    await become('a@11');
    expect(log.join()).toContain('silent for too long');
  });

  it('gives up a watch that is never answered', async () => {
    given([page(10, [])], [() => undefined, events(['ADDED', thing('a', 11)])]);
    await become('a@11');
  });

  it('keeps a watch open that shows signs of life', async () => {
    let beats = 0;
    const heartbeat: Behaviour = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => {
        response.write(`${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '10' } } })}\n`);
        beats++;
      }, silenceMs / 3);
      response.on('close', () => {
        clearInterval(timer);
      });
    };
    given([page(10, [])], [heartbeat]);
    await until('nine signs of life', () => beats >= 9);
    expect(server.watched).toHaveLength(1);
  });

  it('survives what is no JSON, and what is no such object', async () => {
    const garbage: Behaviour = (response) => {
      response.end('<html>a proxy speaks</html>\n');
    };
    given([page(10, [{ metadata: {} }, thing('a', 1)])], [garbage, events(['ADDED', thing('b', 11)])]);
    await become('a@1', 'b@11');
    expect(log.join()).toContain('is not as expected and is left out');
  });

  it('does not ask without a pause a server that ends each watch at once', async () => {
    given([page(10, [])], [thenEnd(events())]);
    await until('some watches', () => server.watched.length >= 5);
    // 10, 20, 40 and 50 ms, at least half of each.
    const before = server.watched.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.watched.length - before).toBeLessThanOrEqual(5);
  });

  it('ends when it is stopped, in the middle of a watch', async () => {
    given([page(10, [])], [events()]);
    await until('a watch', () => server.watched.length === 1);
    stop.abort();
    await running;
  });
});

describe('a backoff', () => {
  it('doubles from failure to failure up to a limit, and forgets', async () => {
    const waited: number[] = [];
    const timers = {
      nowMs: () => 0,
      after: (ms: number, call: () => void) => {
        waited.push(ms);
        call();
        return () => undefined;
      },
    };
    const backoff = new Backoff(timers, { firstMs: 100, longestMs: 350 }, () => 1);
    const { signal } = new AbortController();
    for (let failure = 0; failure < 4; failure++) await backoff.wait(signal);
    backoff.reset();
    await backoff.wait(signal);
    expect(waited).toEqual([100, 200, 350, 350, 100]);
  });
});
