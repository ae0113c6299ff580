import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RowDrops } from '../exposition/row-drops.ts';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import { Backlog } from '../spool/backlog.ts';
import { Ledger } from '../spool/ledger.ts';
import { close, listen } from '../testing/kubelet-server.ts';
import { ScrapeTimes } from '../tick/scrape-times.ts';
import { exposition } from './exposition.ts';
import { Health } from './health.ts';
import { createHealthServer } from './server.ts';

const quiet = createLog('error', () => undefined, Date.now);
let nowMs: number;
let health: Health;
let problems: Problems;
let ledger: Ledger;
let drops: RowDrops;
let times: ScrapeTimes;
let server: ReturnType<typeof createHealthServer>;
let url: URL;

beforeEach(async () => {
  nowMs = 0;
  health = new Health({ wallMs: () => nowMs, monotonicMs: () => nowMs }, 10_000, 2000);
  problems = new Problems(() => nowMs, quiet);
  [ledger, drops, times] = [new Ledger(), new RowDrops(), new ScrapeTimes()];
  const parts = { health, spool: { ledger, backlog: new Backlog() }, times, drops };
  server = createHealthServer({ health, problems, exposition: () => exposition(parts) });
  url = await listen(server, 'http');
});
afterEach(() => close(server));

async function get(path: string, method = 'GET'): Promise<{ status: number; body: string }> {
  const response = await new Promise<IncomingMessage>((resolve) => {
    request(new URL(path, url), { method }, resolve).end();
  });
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode ?? 0, body };
}

describe('the probes', () => {
  it.each([
    ['just started', [], 0, 200, 503],
    ['a tick was collected', [1], 0, 200, 200],
    ['the kubelet does not answer: a restart would not help', [0], 0, 200, 503],
    ['the last tick is 1.5 intervals and three timeouts old', [1], 21_000, 200, 200],
    ['it is older: the loop hangs', [60], 21_001, 503, 503],
  ])('say when %s', async (_what, turns, laterMs, alive, ready) => {
    for (const collected of turns) health.turned(collected);
    nowMs = laterMs;
    expect((await get('/healthz')).status).toBe(alive);
    expect((await get('/readyz')).status).toBe(ready);
  });

  it('tell what is wrong', async () => {
    problems.set('/pods', 'KubeletForbidden', 'grant it');
    const { body } = await get('/healthz');
    expect(JSON.parse(body)).toEqual({
      ok: true,
      problems: [{ reason: 'KubeletForbidden', message: 'grant it', sinceMs: 0 }],
    });
  });

  it.each([
    ['/', 'GET'],
    ['/healthz', 'POST'],
    ['/metrics/x', 'GET'],
  ])('are all there is: %s by %s is 404', async (path, method) => {
    expect((await get(path, method)).status).toBe(404);
  });
});

describe('/metrics', () => {
  it('counts ticks, rows and reads', async () => {
    health.turned(1);
    ledger.drop('e'.repeat(32), 3, 5, 'too_old');
    drops.add('malformed', 4);
    times.observe('/pods', 1500, true);
    times.observe('/pods', 500, false);
    const { status, body } = await get('/metrics');
    expect(status).toBe(200);
    for (const line of [
      'docksnap_agent_ticks_collected_total 1',
      'docksnap_agent_ticks_dropped_total{reason="too_old"} 3',
      'docksnap_agent_ticks_dropped_total{reason="rejected"} 0',
      'docksnap_agent_backlog_ticks 0',
      'docksnap_agent_rows_dropped_total{reason="malformed"} 4',
      'docksnap_agent_scrapes_total{page="/pods"} 2',
      'docksnap_agent_scrape_failures_total{page="/pods"} 1',
      'docksnap_agent_scrape_seconds_total{page="/pods"} 2',
      'docksnap_agent_scrape_last_seconds{page="/pods"} 0.5',
    ]) {
      expect(body.split('\n')).toContain(line);
    }
    expect(body).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+\n|[a-z_]+(\{[a-z]+="[^"]+"\})? [0-9.]+\n)+$/);
  });
});
