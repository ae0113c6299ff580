import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentReport, Description } from '@docksnap/contract';
import { encodePush } from '@docksnap/contract/codec';
import { limits } from '@docksnap/contract/limits';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Problems } from '../problems.ts';
import type { CollectedTick } from '../spool/active-segment.ts';
import type { PendingTick } from '../spool/backlog.ts';
import type { Spool } from '../spool/spool.ts';
import type { EncodedRoster } from '../tick/roster-keeper.ts';
import type { Answer } from './answer.ts';
import { chooseBatch } from './batch.ts';
import { Failures } from './failures.ts';
import type { Transport } from './transport.ts';
import { Wakeup } from './wakeup.ts';

export interface PusherParts {
  readonly spool: Spool;
  readonly transport: Pick<Transport, 'post' | 'next' | 'addresses'>;
  /** The agent's account, for a push with these ticks. */
  readonly report: (travelling: readonly PendingTick[]) => AgentReport;
  readonly problems: Problems;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}

type Blocks = ReadonlyMap<PendingTick, Uint8Array>;

/** What a push carries besides its blocks. */
interface Luggage {
  readonly descriptions: Map<string, Description>;
  /** Encoded, by hash. */
  readonly rosters: Map<string, Uint8Array>;
}

/** How often the API may ask for more descriptions or rosters for one push. */
const needRounds = 4;

/**
 * Sends what the spool holds until the API has stored it: the newest tick at once, the backlog behind it, oldest
 * first. Runs beside the scraping, which never waits for it.
 */
export class Pusher {
  readonly #parts: PusherParts;
  readonly #failures: Failures;
  readonly #wakeup = new Wakeup();
  readonly #stop = new AbortController();
  /** What the newest tick names. */
  #descriptions: ReadonlyMap<string, Description> = new Map();
  #roster: EncodedRoster | undefined;
  /** Hashes that the API is known to have. */
  #known: ReadonlySet<string> = new Set();
  #tried: PendingTick | undefined;
  #reportDue = false;
  #batchLimit: number = limits.blocksPerPush;

  constructor(parts: PusherParts) {
    this.#parts = parts;
    this.#failures = new Failures(parts.transport.addresses, parts.log, parts.random);
  }

  /** A tick was spooled that names these descriptions and that roster. */
  offer({ descriptions, roster }: Pick<CollectedTick, 'descriptions' | 'roster'>): void {
    this.#descriptions = descriptions;
    this.#roster = roster;
    this.#wakeup.wake();
  }

  /** Nothing was collected: then the report alone tells what is wrong. */
  offerReport(): void {
    this.#reportDue = true;
    this.#wakeup.wake();
  }

  /** Pushes until stop is called. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if (this.#parts.spool.backlog.ticks === 0 && !this.#reportDue) {
        await this.#wakeup.wait();
        continue;
      }
      const waitMs = await this.#step();
      if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Makes run return after the push under way. */
  stop(): void {
    this.#stop.abort();
    this.#wakeup.wake();
  }

  /** One attempt to send what is newest, after run has returned. */
  async flush(): Promise<void> {
    if (this.#parts.spool.backlog.newest !== undefined) await this.#step();
  }

  /** One push. Returns how long to wait before the next, in ms. */
  async #step(): Promise<number> {
    const { spool } = this.#parts;
    const ticks = chooseBatch(spool.backlog, this.#tried, this.#batchLimit);
    const isLive = ticks[0] !== undefined && ticks[0] === spool.backlog.newest;
    if (isLive) this.#tried = ticks[0];
    for (const tick of ticks) tick.inFlight = true;
    try {
      const blocks = await spool.read(ticks);
      if (blocks.size === 0 && ticks.length > 0) return 0;
      return await this.#push(blocks, isLive);
    } catch (error) {
      // A body that is too large for the line times out again and again: the next one is smaller.
      this.#shrink(ticks.length);
      this.#parts.transport.next();
      return this.#failures.add(messageOf(error));
    } finally {
      for (const tick of ticks) tick.inFlight = false;
    }
  }

  async #push(blocks: Blocks, isLive: boolean): Promise<number> {
    const ticks = [...blocks.keys()];
    const luggage = isLive ? this.#news() : { descriptions: new Map(), rosters: new Map() };
    for (let round = 0; round < needRounds; round++) {
      const answer = await this.#post(luggage, blocks);
      if (answer.kind !== 'need') return this.#settle(answer, ticks, isLive);
      const found = await this.#parts.spool.named(new Set(answer.hashes), ticks);
      for (const [hash, description] of found.descriptions) luggage.descriptions.set(hash, description);
      for (const [hash, roster] of found.rosters) luggage.rosters.set(hash, roster);
      if (answer.hashes.some((hash) => !luggage.descriptions.has(hash) && !luggage.rosters.has(hash))) {
        return this.#divide(ticks, 'corrupt_record', 'the spool has lost what its blocks name');
      }
    }
    return this.#failures.add('the API asks for the same again and again');
  }

  /** What the newest tick names and the API is not known to have. */
  #news(): Luggage {
    const roster = this.#roster;
    const isNew = roster !== undefined && !this.#known.has(roster.hash);
    return {
      descriptions: new Map([...this.#descriptions].filter(([hash]) => !this.#known.has(hash))),
      rosters: new Map(isNew ? [[roster.hash, roster.bytes]] : []),
    };
  }

  #post({ descriptions, rosters }: Luggage, blocks: Blocks): Promise<Answer> {
    this.#reportDue = false;
    const report = this.#parts.report([...blocks.keys()]);
    const body = encodePush({ report, descriptions, rosters, blocks: [...blocks.values()] });
    return this.#parts.transport.post(body);
  }

  async #settle(answer: Exclude<Answer, { kind: 'need' }>, ticks: readonly PendingTick[], isLive: boolean) {
    const { problems, transport, spool } = this.#parts;
    // Older ticks may be taken where the newest is not.
    const isNewest = ticks.at(-1) === spool.backlog.newest;
    if (isNewest && (answer.kind === 'stored' || answer.kind === 'rejected')) problems.clear('push');
    switch (answer.kind) {
      case 'stored':
        return this.#stored(ticks, isLive);
      case 'rejected':
        return this.#divide(ticks, 'rejected', answer.message);
      case 'refused':
        problems.set(
          'push',
          'CredentialsRejected',
          `the API refuses this agent (${answer.message}): ticks are kept; check the agent's ServiceAccount and the token's audience, or let a machine that was removed join again`,
        );
        return this.#failures.add(answer.message);
      case 'superseded':
        return this.#superseded(ticks, isLive, answer.message);
      case 'unsupported':
        return this.#failures.add(`the API does not know this agent's format, upgrade it: ${answer.message}`, 60_000);
      case 'later':
        transport.next();
        return this.#failures.add(answer.message, answer.retryAfterMs);
    }
  }

  async #stored(ticks: readonly PendingTick[], isLive: boolean): Promise<number> {
    this.#failures.clear();
    this.#batchLimit = Math.min(limits.blocksPerPush, this.#batchLimit * 2);
    if (isLive) this.#known = new Set([...this.#descriptions.keys(), ...(this.#roster ? [this.#roster.hash] : [])]);
    await this.#parts.spool.acknowledge(ticks);
    return 0;
  }

  /** What was collected before the other agent began is still taken: batches are halved down to it. */
  #superseded(ticks: readonly PendingTick[], isLive: boolean, message: string): number {
    this.#parts.problems.set(
      'push',
      'Superseded',
      `another agent that began later pushes for this node (${message}): ticks are kept; end one of the two, a clone of this machine perhaps`,
    );
    const mayHaveOlder = isLive ? this.#parts.spool.backlog.blocks > 1 : ticks.length > 1;
    if (!mayHaveOlder) return this.#failures.add(message);
    if (!isLive) this.#shrink(ticks.length);
    return 0;
  }

  /** Halves a batch that cannot be stored until the tick at fault stands alone; that one is given up. */
  async #divide(ticks: readonly PendingTick[], reason: 'rejected' | 'corrupt_record', message: string) {
    const [only] = ticks;
    if (ticks.length > 1 || only === undefined) {
      this.#shrink(ticks.length);
      return only === undefined ? this.#failures.add(message) : 0;
    }
    const { epoch, seq } = only;
    this.#parts.log.error('a tick can never be stored and is dropped', { epoch, seq, reason, message });
    await this.#parts.spool.drop([only], reason);
    return 0;
  }

  #shrink(batch: number): void {
    this.#batchLimit = Math.max(1, Math.floor(batch / 2));
  }
}
