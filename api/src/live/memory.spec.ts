import { describe, expect, it } from '@jest/globals';
import type { AgentReport, Block, TickEvent } from '@docksnap/contract';
import { blockOf, epochA, epochB } from '../testing/blocks.ts';
import { TestClock } from '../testing/test-clock.ts';
import { Memory } from './memory.ts';
import { MergedBlocks } from './merged-blocks.ts';
import type { AcceptedPush } from './node-memory.ts';
import { memoryMs } from '../recent/node-ticks.ts';
import { claimOf } from '../parts/claim.ts';
import { HeldBlock } from '../recent/held-block.ts';
import { Recent } from '../recent/recent.ts';
import { zstd } from '../codec/zstd.ts';
import { encodeBlock } from '@docksnap/contract/codec';
import { StoreUnavailableError } from '../store/store.ts';

function heldBlock(block: Block): HeldBlock {
  const bytes = encodeBlock(block, zstd);
  return HeldBlock.ofBlock(block, claimOf(block, bytes), 0, bytes);
}

const record = { id: 'n', cluster: 'c', name: 'node', uid: 'u' };

function push(blocks: readonly Block[], changes: Partial<AcceptedPush> = {}): AcceptedPush {
  const receivedMs = new TestClock().nowMs();
  return { blocks, descriptions: new Map(), report: undefined, clockSkewMs: 0, receivedMs, ...changes };
}

function newMemory(clock: TestClock) {
  const recent = new Recent();
  const memory = new Memory(clock, recent);
  /** As a push that was stored. */
  const accept = (given: AcceptedPush): void => {
    const { ticks, ledger } = recent.node(record.id);
    for (const block of given.blocks) ticks.add(heldBlock(block));
    if (given.report !== undefined) ledger.hear(given.report.ledger);
    memory.accept(record, given);
  };
  const seqs = (): number[] => (memory.get('n')?.blocksIn(0, Infinity) ?? []).map(({ firstSeq }) => firstSeq);
  return { memory, recent, accept, seqs };
}

function report(ledger: AgentReport['ledger']): AgentReport {
  return { agentVersion: '1', intervalMs: 5000, sentAtMs: 0, ledger, backlogTicks: 0, backlogBytes: 0, problems: [] };
}

describe('Memory', () => {
  it('tells of each push the newest tick, and not again of an old one', () => {
    const clock = new TestClock();
    const { memory, accept, seqs } = newMemory(clock);
    const events: TickEvent[] = [];
    memory.ticks.subscribe((event) => events.push(event));
    const nowMs = clock.nowMs();
    accept(push([blockOf({ seq: 9, tickTimes: [nowMs - 1000] })]));
    clock.advance(2000);
    accept(push([blockOf({ seq: 1, tickTimes: [nowMs - 60_000] })], { receivedMs: nowMs + 2000 }));
    expect(events.map(({ tickMs }) => tickMs)).toEqual([nowMs - 1000, nowMs - 1000]);
    expect(memory.get('n')).toMatchObject({ lastTickMs: nowMs - 1000, lastReceivedMs: nowMs });
    expect(seqs()).toEqual([1, 9]);
  });

  it('knows who exists now and who is gone, and forgets both after 15 minutes', () => {
    const clock = new TestClock();
    const { memory, accept } = newMemory(clock);
    const full = blockOf({ seq: 1, tickTimes: [clock.nowMs()] });
    accept(push([full]));
    clock.advance(10_000);
    const less = {
      ...blockOf({ seq: 2, tickTimes: [clock.nowMs()] }),
      entities: full.entities.slice(0, 1),
      groups: [],
    };
    accept(push([less]));
    expect([...(memory.get('n')?.present ?? [])]).toEqual(['node']);
    expect(memory.get('n')?.entities.size).toBe(3);
    clock.advance(memoryMs - 5000);
    memory.forget();
    expect([...(memory.get('n')?.entities.keys() ?? [])]).toEqual(['node']);
  });

  it('lets go of a block when it is older than 15 minutes, and not before it is in parts', () => {
    const clock = new TestClock();
    const { memory, recent, accept, seqs } = newMemory(clock);
    accept(push([1, 2, 3].map((seq) => blockOf({ seq, tickTimes: [clock.nowMs() + seq] }))));
    const [one, two] = recent.node('n').ticks.within(0, Infinity);
    if (one !== undefined) one.isSealed = true;
    clock.advance(memoryMs);
    memory.forget();
    expect(seqs()).toEqual([1, 2, 3]);
    clock.advance(180_000);
    memory.forget();
    expect(seqs()).toEqual([2, 3]);
    if (two !== undefined) two.isSealed = true;
    memory.forget();
    expect(seqs()).toEqual([3]);
  });

  it("adds up an agent's account over its epochs", () => {
    const { memory, accept } = newMemory(new TestClock());
    accept(push([], { report: report([{ epoch: epochA, collected: 7, dropped: { too_old: 2 } }]) }));
    const later = [
      { epoch: epochB, collected: 3, dropped: { too_old: 1, buffer_full: 1 } },
      { epoch: epochA, collected: 8, dropped: { too_old: 2 } },
    ];
    accept(push([], { report: report(later) }));
    expect(memory.get('n')?.ledger).toEqual({
      collected: 11,
      stored: 0,
      duplicate: 0,
      dropped: { too_old: 3, buffer_full: 1 },
    });
    expect(memory.get('n')?.intervalMs).toBe(5000);
  });

  it('keeps the newest report, in whatever order replicas hear of them', () => {
    const { memory, accept } = newMemory(new TestClock());
    accept(push([], { report: { ...report([]), backlogTicks: 2 }, receivedMs: 2000 }));
    accept(push([], { report: { ...report([]), backlogTicks: 1 }, receivedMs: 1000 }));
    expect(memory.get('n')?.report?.backlogTicks).toBe(2);
  });

  it('hands out what has changed once, to be written', () => {
    const clock = new TestClock();
    const { memory, accept } = newMemory(clock);
    accept(push([blockOf({ seq: 1, tickTimes: [clock.nowMs()] })]));
    const [node] = memory.everyNode();
    const unwritten = node?.takeUnwritten() ?? [];
    expect(unwritten.map(({ key }) => key)).toEqual(['node', 'pod-1', 'pod-1/web']);
    expect(node?.takeUnwritten()).toEqual([]);
    node?.giveBack(unwritten.slice(0, 1));
    accept(push([blockOf({ seq: 2, tickTimes: [clock.nowMs() + 1], runtimeId: 'run-2' })]));
    expect(node?.takeUnwritten().map(({ key }) => key)).toEqual(['node', 'pod-1/web']);
  });
});

describe('MergedBlocks', () => {
  const block = blockOf({ seq: 2, tickTimes: [1000] });

  it('gives what the store has', async () => {
    const reader = new MergedBlocks({ blocks: () => Promise.resolve([block]), recentBlocks: () => [] });
    expect(await reader.read('n', 0, 2000)).toEqual({ blocks: [block], partial: null });
  });

  it('gives what memory has while the store is away, and says so', async () => {
    const away = (): Promise<never> => Promise.reject(new StoreUnavailableError('the database is away'));
    const reader = new MergedBlocks({ blocks: away, recentBlocks: () => [block] });
    expect(await reader.read('n', 0, 2000)).toEqual({
      blocks: [block],
      partial: 'only the last 15 minutes are shown: the database is away',
    });
  });
});
