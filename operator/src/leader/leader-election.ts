import { LeaseObject } from '../kube/leases.ts';
import type { KubeConnection } from '../kube/connection.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../work-queue.ts';
import { realTimers } from '../work-queue.ts';
import { Elector } from './elector.ts';
import { retryMs } from './lease.ts';
import { aborted, pause } from '../pause.ts';

interface ElectionOptions {
  readonly connection: KubeConnection;
  /** The Lease. */
  readonly namespace: string;
  readonly name: string;
  /** This candidate, as no other is called. */
  readonly identity: string;
  /** Ends the candidacy; a Lease that is held is let go. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly timers?: Timers;
}

/**
 * Waits to be elected, then leads until the Lease is lost or the signal comes.
 * @param lead the leader's work; its signal says when to stop, at the latest before another can hold the Lease. A
 *   process that was held up notices that late, so it asks `isLeading`, which goes by the clock, before each write
 * @returns why it ended: after `lost`, the process should end, for it may have missed anything
 */
export async function leadWhileElected(
  options: ElectionOptions,
  lead: (signal: AbortSignal, isLeading: () => boolean) => Promise<void>,
): Promise<'stopped' | 'lost'> {
  const { connection, identity, signal, log, timers = realTimers } = options;
  const elector = new Elector({ store: new LeaseObject(connection, options), identity, timers });
  const tryOnce = (): Promise<boolean> =>
    elector.tryOnce().catch((error: unknown) => {
      log.warn('the Lease could not be taken or renewed and is tried again', { error: String(error) });
      return false;
    });

  while (!(await tryOnce())) {
    if (!(await pause(timers, retryMs, signal))) return stopped(elector, log);
  }
  log.info('leading', { identity });
  const lost = new AbortController();
  const until = AbortSignal.any([signal, lost.signal]);
  const onLost = (): void => {
    lost.abort();
  };
  const renewing = keepRenewing({ elector, tryOnce, timers, signal: until, onLost });
  await Promise.race([lead(until, () => elector.isLeading), aborted(lost.signal)]);
  // A leader whose work ended by itself leads no more: somebody else shall try.
  onLost();
  await renewing;
  if (signal.aborted) return stopped(elector, log);
  log.error('the Lease is lost', { identity });
  return 'lost';
}

interface Renewal {
  readonly elector: Elector;
  readonly tryOnce: () => Promise<boolean>;
  readonly timers: Timers;
  readonly signal: AbortSignal;
  readonly onLost: () => void;
}

/** Renews every two seconds; calls `onLost` when that has not succeeded within the deadline, however long one try takes. */
async function keepRenewing({ elector, tryOnce, timers, signal, onLost }: Renewal): Promise<void> {
  let cancel = (): void => undefined;
  const watchDeadline = (): void => {
    cancel();
    cancel = timers.after(Math.max(0, elector.leadsForMs), onLost);
  };
  watchDeadline();
  while (await pause(timers, retryMs, signal)) {
    if (await tryOnce()) watchDeadline();
    else if (!elector.isLeading) onLost();
  }
  cancel();
}

async function stopped(elector: Elector, log: Log): Promise<'stopped'> {
  await elector.release().catch((error: unknown) => {
    log.warn('the Lease could not be let go; the next leader waits for its end', { error: String(error) });
  });
  return 'stopped';
}
