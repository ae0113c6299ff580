import type { Config } from '../config.ts';
import { desiredDaemonSet } from '../desired/daemon-set.ts';
import { daemonSetName } from '../desired/identity.ts';
import type { Writes } from '../kube/writes.ts';
import type { Log } from '../log.ts';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { Reporting } from '../reporting/reporting.ts';
import { firstStatus, statusOf } from '../status/status.ts';
import type { Happening } from '../status/transitions.ts';
import { happenings } from '../status/transitions.ts';
import type { Outcome } from '../work-queue.ts';
import type { Caches } from './caches.ts';
import type { Ensured } from './ensure-agents.ts';
import { AgentsKeeper } from './ensure-agents.ts';
import { StatusKeeper } from './keep-status.ts';

/** Silence grows without any event: a monitor is looked at this often in any case. */
const lookAgainMs = 5000;

interface Options {
  readonly caches: Pick<Caches, 'monitor' | 'daemonSet' | 'agents' | 'nodes'>;
  /** What the API last said. */
  readonly reporting: () => Reporting;
  readonly writes: Writes;
  readonly config: Pick<Config, 'agentImage' | 'agentImagePullPolicy' | 'apiUrl'>;
  readonly log: Log;
  readonly nowMs?: () => number;
}

/** Makes the world as one monitor describes it, and its status as the world is. */
export class Reconciler {
  readonly #options: Options;
  readonly #agents: AgentsKeeper;
  readonly #statuses: StatusKeeper;
  readonly #nowMs: () => number;

  constructor(options: Options) {
    this.#options = options;
    this.#agents = new AgentsKeeper(options.writes);
    this.#statuses = new StatusKeeper(options.writes);
    this.#nowMs = options.nowMs ?? Date.now;
  }

  /** @param key namespace/name of a monitor, which may be gone */
  async reconcile(key: string): Promise<Outcome> {
    const monitor = this.#options.caches.monitor(key);
    if (monitor === undefined || monitor.metadata.deletionTimestamp !== undefined) {
      this.#forget(key);
      return undefined;
    }
    await this.#introduce(monitor);
    const ensured = await this.#ensureAgents(monitor);
    const told = await this.#report(monitor, ensured);
    await this.#tell(monitor, told);
    return { againAfterMs: lookAgainMs };
  }

  /** Its agents go with a monitor by their owner references: nothing is to be done but to forget it. */
  #forget(key: string): void {
    this.#agents.forget(key);
    this.#statuses.forget(key);
  }

  /** At first sight every condition is Unknown, so that a status never says more than is known. */
  async #introduce(monitor: Monitor): Promise<void> {
    if (this.#statuses.of(monitor)?.conditions !== undefined) return;
    await this.#statuses.write(monitor, firstStatus(monitor, this.#nowMs()));
  }

  async #ensureAgents(monitor: Monitor): Promise<Ensured> {
    if (monitor.spec.managementState === 'Paused') return { applied: { kind: 'paused' } };
    const { caches, config } = this.#options;
    const found = caches.daemonSet(monitor.metadata.namespace, daemonSetName(monitor));
    return this.#agents.ensure(monitor, desiredDaemonSet(monitor, config), found);
  }

  /** @returns what is worth an event */
  async #report(monitor: Monitor, { applied, happened }: Ensured): Promise<readonly Happening[]> {
    const { caches, config } = this.#options;
    const previous = this.#statuses.of(monitor);
    const status = statusOf({
      monitor,
      previous,
      applied,
      image: monitor.spec.agent.image ?? config.agentImage,
      daemonSet: caches.daemonSet(monitor.metadata.namespace, daemonSetName(monitor)),
      pods: caches.agents(monitor),
      nodes: caches.nodes(),
      reporting: this.#reportingOf(monitor),
      nowMs: this.#nowMs(),
    });
    await this.#statuses.write(monitor, status);
    return [...(happened ? [happened] : []), ...happenings(previous, status)];
  }

  /** The operator's token is for its own API alone: what another API has heard cannot be asked. */
  #reportingOf({ spec: { destination } }: Monitor): Reporting {
    if (destination === undefined || destination.url === this.#options.config.apiUrl) return this.#options.reporting();
    const message = `agents push to ${destination.url}; look there for what arrives`;
    return { kind: 'unknown', reason: 'DestinationElsewhere', message };
  }

  /** Events are a courtesy: that one cannot be written must not keep agents from being kept. */
  async #tell(monitor: Monitor, all: readonly Happening[]): Promise<void> {
    const { log, writes } = this.#options;
    const key = keyOf(monitor.metadata);
    for (const happening of all) {
      log.info(happening.note, { monitor: key, reason: happening.reason });
      await writes.tell(monitor, 'Reconcile', happening).catch((error: unknown) => {
        log.warn('an event could not be written', { monitor: key, error: String(error) });
      });
    }
  }
}
