import { isDeepStrictEqual } from 'node:util';
import type { AgentDefaults } from '../desired/daemon-set.ts';
import { desiredDaemonSet } from '../desired/daemon-set.ts';
import { daemonSetName } from '../desired/identity.ts';
import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import type { Writes } from '../kube/writes.ts';
import type { Log } from '../log.ts';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { Happening } from '../status/transitions.ts';
import { happenings } from '../status/transitions.ts';
import { firstStatus, statusOf } from '../status/status.ts';
import type { Outcome } from '../work-queue.ts';
import type { Ensured } from './ensure-agents.ts';
import { AgentsKeeper } from './ensure-agents.ts';
import type { World } from './world.ts';

/** Silence grows without any event: a monitor is looked at this often in any case. */
const lookAgainMs = 5000;

interface Options {
  readonly world: World;
  readonly writes: Writes;
  readonly defaults: AgentDefaults;
  readonly log: Log;
  readonly nowMs?: () => number;
}

/** Makes the world as one monitor describes it, and its status as the world is. */
export class Reconciler {
  readonly #options: Options;
  readonly #agents: AgentsKeeper;
  readonly #nowMs: () => number;
  /** What was written last, and which version of the monitor it was written over: a cache may be behind a moment. */
  readonly #written = new Map<string, { readonly over: string; readonly status: DockSnapMonitorStatus }>();

  constructor(options: Options) {
    this.#options = options;
    this.#agents = new AgentsKeeper(options.writes);
    this.#nowMs = options.nowMs ?? Date.now;
  }

  /** @param key namespace/name of a monitor, which may be gone */
  async reconcile(key: string): Promise<Outcome> {
    const monitor = this.#options.world.monitor(key);
    if (monitor === undefined || monitor.metadata.deletionTimestamp !== undefined) {
      // Its agents go with it, by their owner references.
      this.#agents.forget(key);
      this.#written.delete(key);
      return undefined;
    }
    await this.#introduce(monitor);
    const ensured = await this.#ensureAgents(monitor);
    await this.#report(monitor, ensured);
    return { againAfterMs: lookAgainMs };
  }

  /** At first sight every condition is Unknown, so that a status never says more than is known. */
  async #introduce(monitor: Monitor): Promise<void> {
    if (this.#before(monitor)?.conditions === undefined)
      await this.#write(monitor, firstStatus(monitor, this.#nowMs()));
  }

  #before(monitor: Monitor): DockSnapMonitorStatus | undefined {
    const written = this.#written.get(keyOf(monitor.metadata));
    return written?.over === monitor.metadata.resourceVersion ? written.status : monitor.status;
  }

  async #write(monitor: Monitor, status: DockSnapMonitorStatus): Promise<void> {
    await this.#options.writes.writeStatus({ ...monitor, status: this.#before(monitor) }, status);
    this.#written.set(keyOf(monitor.metadata), { over: monitor.metadata.resourceVersion, status });
  }

  async #ensureAgents(monitor: Monitor): Promise<Ensured> {
    if (monitor.spec.managementState === 'Paused') return { applied: { kind: 'paused' } };
    const { world, defaults } = this.#options;
    const found = world.daemonSet(monitor.metadata.namespace, daemonSetName(monitor));
    return this.#agents.ensure(monitor, desiredDaemonSet(monitor, defaults), found);
  }

  async #report(monitor: Monitor, { applied, happened }: Ensured): Promise<void> {
    const { world, defaults } = this.#options;
    const before = this.#before(monitor);
    const status = statusOf({
      monitor: { ...monitor, status: before },
      applied,
      image: monitor.spec.agent.image ?? defaults.agentImage,
      daemonSet: world.daemonSet(monitor.metadata.namespace, daemonSetName(monitor)),
      pods: world.agents(monitor),
      nodes: world.nodes(),
      reporting: world.reporting(),
      nowMs: this.#nowMs(),
    });
    if (!isEqual(before, status)) await this.#write(monitor, status);
    await this.#tell(monitor, [...(happened ? [happened] : []), ...happenings(before, status)]);
  }

  /** Events are a courtesy: that one cannot be written must not keep agents from being kept. */
  async #tell(monitor: Monitor, all: readonly Happening[]): Promise<void> {
    for (const happening of all) {
      this.#options.log.info(happening.note, { monitor: keyOf(monitor.metadata), reason: happening.reason });
      await this.#options.writes.tell(monitor, 'Reconcile', happening).catch((error: unknown) => {
        this.#options.log.warn('an event could not be written', {
          monitor: keyOf(monitor.metadata),
          error: String(error),
        });
      });
    }
  }
}

function isEqual(before: DockSnapMonitorStatus | undefined, after: DockSnapMonitorStatus): boolean {
  return isDeepStrictEqual(before, after);
}
