import { describe, expect, it } from '@jest/globals';
import { FakeTimers, settle } from './testing/fake-timers.ts';
import { WorkQueue } from './work-queue.ts';

interface Piece {
  readonly key: string;
  readonly done: () => void;
  readonly fail: () => void;
}

function queue(retryAfterMs = 0) {
  const timers = new FakeTimers();
  const pieces: Piece[] = [];
  const errors: unknown[] = [];
  const made = new WorkQueue({
    timers,
    onError: (_key, error) => errors.push(error),
    retryAfterMs: () => retryAfterMs,
    handle: (key) =>
      new Promise((resolve, reject) => {
        pieces.push({
          key,
          done: () => {
            resolve(undefined);
          },
          fail: () => {
            reject(new Error('failed'));
          },
        });
      }),
  });
  return { made, timers, pieces, errors };
}

describe('a work queue', () => {
  it('handles a key that is added often once, and again when it was added meanwhile', async () => {
    const { made, pieces } = queue();
    made.add('a');
    made.add('a');
    made.add('a');
    expect(pieces).toHaveLength(1);
    pieces[0]?.done();
    await settle();
    expect(pieces).toHaveLength(2);
    pieces[1]?.done();
    await settle();
    expect(pieces).toHaveLength(2);
  });

  it('handles other keys while one is handled', () => {
    const { made, pieces } = queue();
    made.add('a');
    made.add('b');
    expect(pieces.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('tries a failed key after 5, 10, 20 ms, and after 5 again once it succeeded', async () => {
    const { made, timers, pieces, errors } = queue();
    made.add('a');
    for (const [index, ms] of [5, 10, 20].entries()) {
      pieces[index]?.fail();
      await settle();
      expect(timers.plannedMs).toEqual([ms]);
      await timers.advance(ms);
    }
    pieces[3]?.done();
    await settle();
    made.add('a');
    pieces[4]?.fail();
    await settle();
    expect(timers.plannedMs).toEqual([5]);
    expect(errors).toHaveLength(4);
  });

  it('waits no longer than five minutes after a failure', async () => {
    const { made, timers, pieces } = queue();
    made.add('a');
    for (let failures = 0; failures < 30; failures += 1) {
      pieces.at(-1)?.fail();
      await settle();
      await timers.advance(timers.plannedMs[0] ?? 0);
    }
    pieces.at(-1)?.fail();
    await settle();
    expect(timers.plannedMs).toEqual([300_000]);
  });

  it('handles a key later, at the earliest of several times', async () => {
    const { made, timers, pieces } = queue();
    made.addAfter('a', 100);
    made.addAfter('a', 50);
    made.addAfter('a', 70);
    expect(timers.plannedMs).toEqual([50]);
    await timers.advance(50);
    expect(pieces).toHaveLength(1);
  });

  it('handles a key at once that is added before its time, and not again then', async () => {
    const { made, timers, pieces } = queue();
    made.addAfter('a', 100);
    made.add('a');
    pieces[0]?.done();
    await timers.advance(100);
    expect(pieces).toHaveLength(1);
  });

  it('says how long work has not come to an end', async () => {
    const { made, timers, pieces } = queue();
    await timers.advance(1000);
    expect(made.stalledMs).toBe(0);
    made.add('a');
    await timers.advance(700);
    expect(made.stalledMs).toBe(700);
    pieces[0]?.done();
    await settle();
    expect(made.stalledMs).toBe(0);
  });

  it('takes nothing once it is stopped', async () => {
    const { made, timers, pieces } = queue();
    made.addAfter('a', 10);
    await made.stop();
    made.add('b');
    await timers.advance(10);
    expect(pieces).toEqual([]);
  });

  it('waits at its stop for what is being handled, and leaves the rest', async () => {
    const { made, pieces } = queue();
    for (const key of ['a', 'b', 'c', 'd', 'e']) made.add(key);
    let hasStopped = false;
    const stopping = made.stop().then(() => (hasStopped = true));
    for (const { done } of pieces.slice(0, 3)) done();
    await settle();
    expect(hasStopped).toBe(false);
    pieces[3]?.done();
    await stopping;
    expect(pieces.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('handles four keys at once and no more', async () => {
    const { made, pieces } = queue();
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) made.add(key);
    expect(pieces).toHaveLength(4);
    expect(made.depth).toBe(2);
    pieces[1]?.done();
    await settle();
    expect(pieces.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('leaves a key alone for as long as what failed asks, whatever is added meanwhile', async () => {
    const { made, timers, pieces } = queue(2000);
    made.add('a');
    made.add('a');
    pieces[0]?.fail();
    await settle();
    made.add('a');
    await timers.advance(1999);
    expect(pieces).toHaveLength(1);
    await timers.advance(1);
    expect(pieces).toHaveLength(2);
  });
});
