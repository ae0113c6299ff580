import type { Config } from '../config.ts';
import { cadvisorImageOf } from '../desired/cadvisor.ts';
import { desiredDaemonSet } from '../desired/daemon-set.ts';
import { daemonSetName } from '../desired/identity.ts';
import { marked, marksIn, marksOf } from '../desired/template-marks.ts';
import type { EventReader } from '../kube/event-reader.ts';
import type { KubernetesVersion } from '../kube/version.ts';
import type { Writes } from '../kube/writes.ts';
import type { Log } from '../log.ts';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import { reportsOf } from '../observed/agents.ts';
import type { DaemonSet, Pod } from '../observed/objects.ts';
import { podProblem } from '../observed/pod-problem.ts';
import { RolloutProgress } from '../observed/rollout-progress.ts';
import type { Ownership } from '../placement/ownership.ts';
import { isEnding } from '../purge/finalizer.ts';
import type { Purger } from '../purge/purger.ts';
import type { Reporting } from '../reporting/reporting.ts';
import { acceptedFinding } from '../status/accepted.ts';
import { firstStatus, previousConditions, statusOf } from '../status/status.ts';
import type { Happening } from '../status/transitions.ts';
import { happenings } from '../status/transitions.ts';
import type { Outcome } from '../work-queue.ts';
import type { Caches } from './caches.ts';
import type { Ensured } from './ensure-agents.ts';
import { AgentsKeeper } from './ensure-agents.ts';
import { heldFor, holdMessage } from './hold.ts';
import { StatusKeeper } from './keep-status.ts';
import { PodTroubles } from './pod-troubles.ts';

/** Silence grows without any event: a monitor is looked at this often in any case. */
const lookAgainMs = 5000;

const noCadvisorImage =
  "source.type CAdvisor needs an image of cAdvisor, and none is known: name one in source.cadvisor.image, or in the chart's value agent.cadvisorImage";

interface Options {
  readonly caches: Pick<Caches, 'monitor' | 'daemonSet' | 'agents' | 'node'>;
  readonly ownership: Pick<Ownership, 'of'>;
  readonly version: () => KubernetesVersion;
  /** What the API last said. */
  readonly reporting: () => Reporting;
  readonly purger: Pick<Purger, 'keepFinalizer' | 'turn'>;
  readonly writes: Writes;
  readonly events: Pick<EventReader, 'newest'>;
  readonly config: Pick<Config, 'agentImage' | 'agentImagePullPolicy' | 'cadvisorImage' | 'apiUrl'>;
  readonly log: Log;
  readonly nowMs?: () => number;
}

/** Makes the world as one monitor describes it, and its status as the world is. */
export class Reconciler {
  readonly #options: Options;
  readonly #agents: AgentsKeeper;
  readonly #statuses: StatusKeeper;
  readonly #troubles: PodTroubles;
  readonly #progress = new RolloutProgress();
  readonly #nowMs: () => number;

  constructor(options: Options) {
    this.#options = options;
    this.#nowMs = options.nowMs ?? Date.now;
    this.#agents = new AgentsKeeper(options.writes, this.#nowMs);
    this.#statuses = new StatusKeeper(options.writes);
    this.#troubles = new PodTroubles(options.events);
  }

  /** @param key namespace/name of a monitor, which may be gone */
  async reconcile(key: string): Promise<Outcome> {
    const monitor = this.#options.caches.monitor(key);
    if (monitor === undefined || isEnding(monitor)) {
      this.#forget(key);
      return undefined;
    }
    if (monitor.metadata.deletionTimestamp !== undefined) return this.#end(monitor);
    await this.#options.purger.keepFinalizer(monitor);
    await this.#introduce(monitor);
    const ensured = await this.#ensureAgents(monitor);
    const told = await this.#report(monitor, ensured);
    await this.#tell(monitor, told);
    return { againAfterMs: lookAgainMs };
  }

  /** Has removed what is stored of it, and lets it go. */
  async #end(monitor: Monitor): Promise<Outcome> {
    const { message, happened, isDone } = await this.#options.purger.turn(monitor, this.#nowMs());
    if (happened !== undefined) await this.#tell(monitor, [happened]);
    if (!isDone) await this.#report(monitor, { applied: { kind: 'failed', reason: 'Purging', message } });
    return { againAfterMs: lookAgainMs };
  }

  /** Its agents go with a monitor by their owner references: nothing is to be done but to forget it. */
  #forget(key: string): void {
    for (const memory of [this.#agents, this.#statuses, this.#troubles, this.#progress]) memory.forget(key);
  }

  /** At first sight every condition is Unknown, so that a status never says more than is known. */
  async #introduce(monitor: Monitor): Promise<void> {
    if (this.#statuses.of(monitor)?.conditions !== undefined) return;
    await this.#statuses.write(monitor, firstStatus(monitor, this.#nowMs()));
  }

  async #ensureAgents(monitor: Monitor): Promise<Ensured> {
    const { config, version, ownership } = this.#options;
    if (monitor.spec.managementState === 'Paused') return { applied: { kind: 'paused' } };
    const found = this.#daemonSet(monitor);
    const claim = ownership.of(monitor);
    if (acceptedFinding(version(), claim).status !== 'True') {
      // An older monitor has the nodes: two agents of one node would push the same ticks.
      if (claim.refusedFor !== undefined) await this.#agents.remove(monitor, found);
      return { applied: { kind: 'refused' } };
    }
    if (monitor.spec.source.type === 'CAdvisor' && cadvisorImageOf(monitor, config.cadvisorImage) === undefined) {
      return { applied: { kind: 'failed', reason: 'Invalid', message: noCadvisorImage } };
    }
    const desired = marked(desiredDaemonSet(monitor, config));
    const waitsFor = this.#heldFor(monitor, desired, found);
    if (waitsFor === undefined) return this.#agents.ensure(monitor, desired, found);
    const last = this.#agents.lastOf(monitor);
    if (last !== undefined) await this.#agents.ensure(monitor, last, found);
    return { applied: { kind: 'failed', reason: 'RolloutHeld', message: holdMessage(waitsFor) } };
  }

  /** The nodes for whose sake the agents are not replaced yet. */
  #heldFor(monitor: Monitor, desired: ReturnType<typeof marked>, found: DaemonSet | undefined) {
    if (found === undefined) return undefined;
    const wanted = marksOf(desired.spec?.template);
    const present = marksIn(found.metadata.annotations);
    // Nearly always; the pods need not be looked at then.
    if (present?.template === wanted.template) return undefined;
    const pods = this.#options.caches.agents(monitor);
    const reports = reportsOf({ node: this.#node, pods }, this.#reportingOf(monitor));
    return heldFor({
      wanted,
      present,
      isRolling: monitor.spec.agent.updateStrategy.type === 'RollingUpdate',
      backlogs: [...reports].map(([node, { backlogTicks }]) => ({ node, ticks: backlogTicks })),
      isAnyFailing: pods.some((pod) => podProblem(pod) !== undefined),
      reconciled: previousConditions(this.#statuses.of(monitor)).find(({ type }) => type === 'Reconciled'),
      nowMs: this.#nowMs(),
    });
  }

  /** @returns what is worth an event */
  async #report(monitor: Monitor, { applied, happened }: Ensured): Promise<readonly Happening[]> {
    const { caches, config, version, ownership } = this.#options;
    const previous = this.#statuses.of(monitor);
    const daemonSet = this.#daemonSet(monitor);
    const pods = caches.agents(monitor);
    const nowMs = this.#nowMs();
    const status = statusOf({
      monitor,
      previous,
      applied,
      image: monitor.spec.agent.image ?? config.agentImage,
      daemonSet,
      pods,
      node: this.#node,
      version: version(),
      claim: ownership.of(monitor),
      trouble: await this.#troubleOf(monitor, daemonSet, pods),
      isStalled: this.#progress.isStalled(keyOf(monitor.metadata), daemonSet, nowMs),
      reporting: this.#reportingOf(monitor),
      nowMs,
    });
    await this.#statuses.write(monitor, status);
    return [...(happened ? [happened] : []), ...happenings(previous, status)];
  }

  /** That events cannot be read must not keep a status from being written. */
  async #troubleOf(monitor: Monitor, daemonSet: DaemonSet | undefined, pods: readonly Pod[]) {
    return this.#troubles.of(monitor, { daemonSet, pods }, this.#nowMs()).catch((error: unknown) => {
      this.#options.log.warn('events could not be read', { monitor: keyOf(monitor.metadata), error: String(error) });
      return undefined;
    });
  }

  readonly #node = (name: string) => this.#options.caches.node(name);

  #daemonSet(monitor: Monitor): DaemonSet | undefined {
    return this.#options.caches.daemonSet(monitor.metadata.namespace, daemonSetName(monitor));
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
      await writes.tell(monitor, happening).catch((error: unknown) => {
        log.warn('an event could not be written', { monitor: key, error: String(error) });
      });
    }
  }
}
