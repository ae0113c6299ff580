import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.ts';
import { Problem } from '../../problem/problem.ts';
import { AttemptRepository } from './attempt.repository.ts';

export const attemptLimits = {
  windowMs: 5 * 60_000,
  /** Failed logins per name within any window. */
  perName: 5,
  /** The same per address: many people may share one behind a proxy. */
  perAddress: 50,
} as const;

/** A login that is being tried: it counts as failed until it is released. */
export type Attempt = readonly string[];

/**
 * Slows down guessing, across restarts and replicas. Each try takes a slot before the password is looked at, so that
 * tries at the same time do not get past the limit; a success gives it back. A slot is a document whose `_id` names
 * the subject, the window and a number: whoever inserts it has it.
 */
@Injectable()
export class Attempts {
  constructor(
    private readonly slots: AttemptRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes a slot for this name and address, or rejects with 429 and the time until one is free. */
  async begin(username: string, address: string): Promise<Attempt> {
    await this.slots.removeOlder(this.clock.nowMs() - attemptLimits.windowMs);
    const byAddress = await this.take('address', address, attemptLimits.perAddress);
    try {
      return [byAddress, await this.take('name', username, attemptLimits.perName)];
    } catch (error) {
      // Whoever is refused by name has not guessed from this address.
      await this.slots.remove(byAddress);
      throw error;
    }
  }

  /** The login succeeded: it does not count. */
  async release(attempt: Attempt): Promise<void> {
    await Promise.all(attempt.map(async (slot) => this.slots.remove(slot)));
  }

  private async take(kind: 'address' | 'name', subject: string, limit: number): Promise<string> {
    const nowMs = this.clock.nowMs();
    const window = Math.floor(nowMs / attemptLimits.windowMs);
    const slots = (number: number): string[] =>
      Array.from({ length: limit }, (_, slot) => `${kind}/${digest(subject)}/${number}/${slot}`);
    const taken = await this.slots.among([...slots(window - 1), ...slots(window)]);
    const recent = taken.filter(({ atMs }) => nowMs - atMs < attemptLimits.windowMs);
    const ids = new Set(recent.map(({ _id }) => _id));
    const before = slots(window - 1).filter((id) => ids.has(id)).length;
    // What is still counted of the window before leaves so many fewer slots in this one.
    for (const slot of slots(window).slice(0, limit - before)) {
      if (!ids.has(slot) && (await this.slots.take(slot, nowMs))) return slot;
    }
    const oldestMs = Math.min(nowMs, ...recent.map(({ atMs }) => atMs));
    throw tooMany(kind, Math.ceil((oldestMs + attemptLimits.windowMs - nowMs) / 1000));
  }
}

function tooMany(kind: 'address' | 'name', retryAfterSeconds: number): Problem {
  const whose = kind === 'name' ? 'for this name' : 'from this address';
  const message = `too many failed logins ${whose}; wait ${retryAfterSeconds} s and try again`;
  return new Problem(429, 'too_many_logins', message, { retryAfterSeconds });
}

/** Names are whatever somebody types: of any length, and no part of an id. */
function digest(subject: string): string {
  return createHash('sha256').update(subject).digest('hex').slice(0, 32);
}
