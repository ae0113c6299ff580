import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeTimers } from '../testing/fake-timers.ts';
import { Elector } from './elector.ts';
import type { LeaseStore } from './elector.ts';
import type { Lease, LeaseSpec } from './lease.ts';

/** A Lease that refuses a write over another version, as the API server does; reads may be made to fail. */
class OneLease implements LeaseStore {
  lease: Lease | undefined;
  isAway = false;
  /** Called between the reading and the writing of a candidate. */
  meanwhile = (): void => undefined;
  #version = 0;

  read(): Promise<Lease | undefined> {
    if (this.isAway) return Promise.reject(new Error('away'));
    const found = this.lease;
    this.meanwhile();
    return Promise.resolve(found);
  }

  write(spec: LeaseSpec, before: Lease | undefined): Promise<Lease | undefined> {
    if (this.lease?.metadata.resourceVersion !== before?.metadata.resourceVersion) return Promise.resolve(undefined);
    this.#version += 1;
    this.lease = { metadata: { resourceVersion: String(this.#version) }, spec };
    return Promise.resolve(this.lease);
  }
}

describe('an elector', () => {
  let store: OneLease;
  let timers: FakeTimers;
  let [first, second]: Elector[] = [];

  beforeEach(() => {
    store = new OneLease();
    timers = new FakeTimers();
    [first, second] = ['first', 'second'].map((identity) => new Elector({ store, identity, timers }));
  });

  it('takes a Lease that nobody has, and keeps others from it', async () => {
    expect(await first?.tryOnce()).toBe(true);
    expect(await second?.tryOnce()).toBe(false);
    expect([first?.isLeading, second?.isLeading]).toEqual([true, false]);
  });

  it('believes itself to lead for 10 s after a renewal, while others wait for 15', async () => {
    await first?.tryOnce();
    await second?.tryOnce();
    await timers.advance(9999);
    expect(first?.isLeading).toBe(true);
    await timers.advance(1);
    expect(first?.isLeading).toBe(false);
    await timers.advance(4999);
    expect(await second?.tryOnce()).toBe(false);
    await timers.advance(1);
    expect(await second?.tryOnce()).toBe(true);
    expect(store.lease?.spec.leaseTransitions).toBe(1);
  });

  it('counts from the beginning of a renewal, for its answer may come late', async () => {
    store.meanwhile = () => void timers.advance(4000);
    await first?.tryOnce();
    expect(first?.leadsForMs).toBe(6000);
  });

  it('leads no more once another has taken the Lease', async () => {
    await first?.tryOnce();
    await second?.tryOnce();
    await timers.advance(15_000);
    await second?.tryOnce();
    expect(await first?.tryOnce()).toBe(false);
    expect([first?.isLeading, second?.isLeading]).toEqual([false, true]);
  });

  it('has one winner when two take it at the same moment', async () => {
    store.meanwhile = () => {
      store.meanwhile = () => undefined;
      void second?.tryOnce();
    };
    await first?.tryOnce();
    expect([first?.isLeading, second?.isLeading]).toEqual([false, true]);
  });

  it('keeps what it has when one renewal fails', async () => {
    await first?.tryOnce();
    store.isAway = true;
    await timers.advance(2000);
    await expect(first?.tryOnce()).rejects.toThrow('away');
    expect(first?.isLeading).toBe(true);
  });

  it('lets go so that another can take it at once', async () => {
    await first?.tryOnce();
    await first?.release();
    expect(first?.isLeading).toBe(false);
    expect(await second?.tryOnce()).toBe(true);
  });

  it("does not let go of another's", async () => {
    await first?.tryOnce();
    await second?.release();
    expect(store.lease?.spec.holderIdentity).toBe('first');
  });
});
