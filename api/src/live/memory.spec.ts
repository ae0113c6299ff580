import { describe, expect, it } from '@jest/globals';
import type { AgentReport, Block, TickEvent } from '@docksnap/contract';
import { blockOf, epochA, epochB } from '../testing/blocks.ts';
import { TestClock } from '../testing/test-clock.ts';
import { Memory } from './memory.ts';
import { MergedBlocks } from './merged-blocks.ts';
import type { AcceptedPush } from './node-memory.ts';
import { memoryMs } from './recent-blocks.ts';
import { StoreUnavailableError } from '../store/store.ts';

const record = { id: 'n', cluster: 'c', name: 'node', uid: 'u' };

function push(blocks: readonly Block[], changes: Partial<AcceptedPush> = {}): AcceptedPush {
  const totals = { stored: 5, duplicate: 1 };
  return { blocks, descriptions: new Map(), report: undefined, clockSkewMs: 0, totals, ...changes };
}

function report(ledger: AgentReport['ledger']): AgentReport {
  return { agentVersion: '1', intervalMs: 5000, sentAtMs: 0, ledger, backlogTicks: 0, backlogBytes: 0, problems: [] };
}

describe('Memory', () => {
  it('tells of each push the newest tick, and not again of an old one', () => {
    const clock = new TestClock();
    const memory = new Memory(clock);
    const events: TickEvent[] = [];
    memory.ticks.subscribe((event) => events.push(event));
    const nowMs = clock.nowMs();
    memory.accept(record, push([blockOf({ seq: 9, tickTimes: [nowMs - 1000] })]));
    clock.advance(2000);
    memory.accept(record, push([blockOf({ seq: 1, tickTimes: [nowMs - 60_000] })]));
    expect(events.map(({ tickMs }) => tickMs)).toEqual([nowMs - 1000, nowMs - 1000]);
    expect(memory.get('n')).toMatchObject({ lastTickMs: nowMs - 1000, lastReceivedMs: nowMs });
    expect(memory.get('n')?.blocks.map(({ firstSeq }) => firstSeq)).toEqual([1, 9]);
  });

  it('knows who exists now and who is gone, and forgets both after 15 minutes', () => {
    const clock = new TestClock();
    const memory = new Memory(clock);
    const full = blockOf({ seq: 1, tickTimes: [clock.nowMs()] });
    memory.accept(record, push([full]));
    clock.advance(10_000);
    const less = {
      ...blockOf({ seq: 2, tickTimes: [clock.nowMs()] }),
      entities: full.entities.slice(0, 1),
      groups: [],
    };
    memory.accept(record, push([less]));
    expect([...(memory.get('n')?.present ?? [])]).toEqual(['node']);
    expect(memory.get('n')?.entities.size).toBe(3);
    clock.advance(memoryMs - 5000);
    memory.forget();
    expect([...(memory.get('n')?.entities.keys() ?? [])]).toEqual(['node']);
    expect(memory.get('n')?.blocks.map(({ firstSeq }) => firstSeq)).toEqual([2]);
  });

  it("adds up an agent's account over its epochs", () => {
    const memory = new Memory(new TestClock());
    memory.accept(record, push([], { report: report([{ epoch: epochA, collected: 7, dropped: { too_old: 2 } }]) }));
    const later = [
      { epoch: epochB, collected: 3, dropped: { too_old: 1, buffer_full: 1 } },
      { epoch: epochA, collected: 8, dropped: { too_old: 2 } },
    ];
    memory.accept(record, push([], { report: report(later) }));
    expect(memory.get('n')?.ledger).toEqual({
      collected: 11,
      stored: 5,
      duplicate: 1,
      dropped: { too_old: 3, buffer_full: 1 },
    });
    expect(memory.get('n')?.intervalMs).toBe(5000);
  });

  it('hands out what has changed once, to be written', () => {
    const clock = new TestClock();
    const memory = new Memory(clock);
    memory.accept(record, push([blockOf({ seq: 1, tickTimes: [clock.nowMs()] })]));
    const [node] = memory.everyNode();
    const unwritten = node?.takeUnwritten() ?? [];
    expect(unwritten.map(({ key }) => key)).toEqual(['node', 'pod-1', 'pod-1/web']);
    expect(node?.takeUnwritten()).toEqual([]);
    node?.giveBack(unwritten.slice(0, 1));
    memory.accept(record, push([blockOf({ seq: 2, tickTimes: [clock.nowMs() + 1], runtimeId: 'run-2' })]));
    expect(node?.takeUnwritten().map(({ key }) => key)).toEqual(['node', 'pod-1/web']);
  });
});

describe('MergedBlocks', () => {
  const setUp = (stored: () => Promise<readonly Block[]>) => {
    const clock = new TestClock();
    const memory = new Memory(clock);
    const recent = blockOf({ seq: 2, tickTimes: [clock.nowMs() - 1000] });
    memory.accept(record, push([recent]));
    return { clock, recent, reader: new MergedBlocks(memory, { blocks: stored }, clock) };
  };

  it('answers from memory alone what lies within it', async () => {
    const { clock, recent, reader } = setUp(() => Promise.reject(new Error('BUG: the store was asked')));
    const fromMs = clock.nowMs() - memoryMs;
    expect(await reader.read('n', fromMs, clock.nowMs())).toEqual({ blocks: [recent], partial: null });
  });

  it('puts the store before memory, each tick once', async () => {
    const old = blockOf({ seq: 1, tickTimes: [1000] });
    const twice = blockOf({ seq: 2, tickTimes: [new TestClock().nowMs() - 1000] });
    const { clock, reader } = setUp(() => Promise.resolve([old, twice]));
    const { blocks, partial } = await reader.read('n', 0, clock.nowMs());
    expect(blocks.map(({ firstSeq }) => firstSeq)).toEqual([1, 2]);
    expect(partial).toBeNull();
  });

  it('gives what memory has while the store is away, and says so', async () => {
    const { clock, recent, reader } = setUp(() => Promise.reject(new StoreUnavailableError('the database is away')));
    expect(await reader.read('n', 0, clock.nowMs())).toEqual({
      blocks: [recent],
      partial: 'only the last 15 minutes are shown: the database is away',
    });
  });
});
