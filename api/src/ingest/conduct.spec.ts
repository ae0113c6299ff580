import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgentReport, limits, reportingSchema } from '@docksnap/contract';
import { encodeBlock, encodePush } from '@docksnap/contract/codec';
import { zstd } from '../codec/zstd.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { blockOf, pushed } from '../testing/blocks.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const [older, newer] = ['a'.repeat(32), 'b'.repeat(32)];

describe('an agent that is not as it should be', () => {
  let database: TrialDatabase;
  let api: RunningApi;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri, clock });
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  async function post(node: string, body: Uint8Array): Promise<{ status: number; code: unknown; retryAfter: number }> {
    const headers = { authorization: `Bearer agent-${node}`, 'content-type': 'application/vnd.docksnap.push' };
    const answer = await fetch(`${api.url}/api/v1/blocks`, { method: 'POST', headers, body: Buffer.from(body) });
    const parsed: unknown = await answer.json();
    const code = typeof parsed === 'object' && parsed !== null && 'code' in parsed ? parsed.code : undefined;
    return { status: answer.status, code, retryAfter: Number(answer.headers.get('retry-after') ?? 0) };
  }

  function report(epoch: string): AgentReport {
    const nothing = { ledger: [], backlogTicks: 0, backlogBytes: 0, problems: [] };
    return { agentVersion: '1', intervalMs: 10_000, sentAtMs: clock.nowMs(), epoch, ...nothing };
  }

  /** A tick of `epoch`, pushed by an agent that collects in the epoch `by`. */
  const tick = (epoch: string, seq: number, tickMs: number, by = epoch): Uint8Array =>
    encodePush({
      report: report(by),
      descriptions: new Map(),
      blocks: [pushed({ epoch, seq, tickTimes: [tickMs] }).bytes],
    });

  async function problemsOf(node: string): Promise<readonly { readonly reason: string; readonly message: string }[]> {
    const answer = await fetch(`${api.url}/api/v1/reporting`, { headers: { authorization: 'Bearer operator' } });
    const { nodes } = reportingSchema.parse(await answer.json());
    return nodes.find(({ name }) => name === node)?.problems ?? [];
  }

  /** Refusals are told by the log, behind the answer. */
  async function untilTold(node: string): Promise<readonly { readonly reason: string; readonly message: string }[]> {
    for (let tries = 0; tries < 500; tries += 1) {
      const problems = await problemsOf(node);
      if (problems.length > 0) return problems;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return [];
  }

  const stored = (node: string): number =>
    api.app
      .get(LiveNodes)
      .all()
      .find(({ record }) => record.name === node)?.ledger.stored ?? 0;

  it('and goes on beside a newer one is refused its new ticks alone, and named', async () => {
    const node = 'cloned';
    const startMs = clock.nowMs();
    expect(await post(node, tick(older, 1, startMs - 20_000))).toMatchObject({ status: 200 });
    clock.advance(10_000);
    expect(await post(node, tick(newer, 1, clock.nowMs()))).toMatchObject({ status: 200 });
    clock.advance(10_000);
    expect(await post(node, tick(older, 3, clock.nowMs()))).toMatchObject({ status: 409, code: 'superseded' });
    expect(await post(node, tick(older, 2, startMs))).toMatchObject({ status: 200 });
    expect(await post(node, tick(newer, 2, clock.nowMs()))).toMatchObject({ status: 200 });
    expect(stored(node)).toBe(4);
    const [problem] = await untilTold(node);
    expect(problem).toMatchObject({ reason: 'AgentCloned' });
    expect(problem?.message).toMatch(/^two agents push as node cloned, the newer one since .*; 1 push was refused$/);
  });

  it('is no clone when it sends what an older start of its own has left', async () => {
    const node = 'restarted';
    const startMs = clock.nowMs();
    expect(await post(node, tick(older, 1, startMs - 10_000))).toMatchObject({ status: 200 });
    expect(await post(node, tick(newer, 1, startMs))).toMatchObject({ status: 200 });
    // By a clock that was wrong then, its last tick looks newer than the first of its successor.
    expect(await post(node, tick(older, 2, startMs + 5000, newer))).toMatchObject({ status: 200 });
    expect(stored(node)).toBe(3);
    expect(await problemsOf(node)).toEqual([]);
  });

  it('and goes on after a newer one has fallen silent is taken', async () => {
    const node = 'moved';
    expect(await post(node, tick(older, 1, clock.nowMs()))).toMatchObject({ status: 200 });
    clock.advance(10_000);
    expect(await post(node, tick(newer, 1, clock.nowMs()))).toMatchObject({ status: 200 });
    clock.advance(46_000);
    expect(await post(node, tick(older, 2, clock.nowMs()))).toMatchObject({ status: 200 });
    clock.advance(10_000);
    expect(await post(node, tick(newer, 2, clock.nowMs()))).toMatchObject({ status: 409, code: 'superseded' });
  });

  it('is not named for a backlog that it sends as it is told, and is when it does not wait', async () => {
    const node = 'behind';
    const large = new Uint8Array(limits.pushBytesPerSecond);
    expect(await post(node, tick(newer, 1, clock.nowMs()))).toMatchObject({ status: 200 });
    for (let push = 1; push < limits.pushBytesAtOnce / large.byteLength; push += 1) {
      expect(await post(node, large)).toMatchObject({ status: 400 });
    }
    const { status, retryAfter } = await post(node, large);
    expect([status, retryAfter]).toEqual([429, 1]);
    clock.advance(1000 * retryAfter);
    expect(await post(node, large)).toMatchObject({ status: 400 });
    expect(await post(node, large)).toMatchObject({ status: 429 });
    expect(await post(node, large)).toMatchObject({ status: 429 });
    const [problem] = await untilTold(node);
    expect(problem).toMatchObject({ reason: 'AgentOverLimit' });
    expect(problem?.message).toMatch(/; 1 push was refused$/);
  });

  it('harms no other by pushing garbage, too much, and a hundred thousand containers', async () => {
    const bad = { garbage: 0, tooFast: 0, tooMany: 0, taken: 0 };
    let good = 0;
    let containers = 0;
    const named = (seq: number): Uint8Array => {
      const block = blockOf({ epoch: newer, seq, tickTimes: [clock.nowMs()] });
      const [entity] = block.entities.slice(-1);
      if (entity === undefined) throw new Error('BUG: the block has no entity');
      const entities = Array.from({ length: 1000 }, () => ({ ...entity, runtimeId: `run-${(containers += 1)}` }));
      const bytes = encodeBlock({ ...block, entities, groups: [] }, zstd);
      return encodePush({ descriptions: new Map(), blocks: [bytes] });
    };
    for (let round = 1; round <= 100; round += 1) {
      const answers = [
        await post('bad', Buffer.from('garbage')),
        await post('bad', named(round)),
        ...(await Promise.all(Array.from({ length: 16 }, () => post('bad', new Uint8Array(100_000))))),
      ];
      bad.garbage += answers.filter(({ status }) => status === 400).length;
      bad.tooFast += answers.filter(({ status, retryAfter }) => status === 429 && retryAfter >= 1).length;
      bad.tooMany += answers.filter(({ status, code }) => status === 422 && code === 'too_many_containers').length;
      bad.taken += answers.filter(({ status }) => status === 200).length;
      clock.advance(1000);
      good += Number((await post('good', tick(newer, round, clock.nowMs()))).status === 200);
    }
    expect(good).toBe(100);
    expect(stored('good')).toBe(100);
    // Those that the node is first seen with, and as many as may be new in each hour that was touched.
    expect(bad.taken).toBeGreaterThanOrEqual(1 + limits.newContainersPerHour / 1000);
    expect(bad.taken).toBeLessThanOrEqual(1 + (2 * limits.newContainersPerHour) / 1000);
    expect(bad.garbage + bad.tooFast + bad.tooMany + bad.taken).toBe(1800);
    expect(Math.min(bad.garbage, bad.tooFast, bad.tooMany)).toBeGreaterThan(0);
    expect((await untilTold('bad')).map(({ reason }) => reason)).toContain('AgentOverLimit');
    expect(await problemsOf('good')).toEqual([]);
  });
});
