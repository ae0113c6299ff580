import { daemonSetName } from '../desired/identity.ts';
import { isRefusal } from '../kube/kube-error.ts';
import type { Writes } from '../kube/writes.ts';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';
import type { Pod } from '../observed/objects.ts';
import { isReady, nodeOf } from '../observed/objects.ts';
import { claimsOf } from '../placement/owners.ts';
import { nodeFilter } from '../placement/placement.ts';
import { isOurs } from '../reconcile/daemon-set-change.ts';
import type { Caches } from '../reconcile/caches.ts';
import type { Happening } from '../status/transitions.ts';
import { changedFinalizers, withoutPurge } from './finalizer.ts';
import type { Asked, PurgeClient } from './purge-client.ts';

/** A deletion waits this long for its samples to be removed, from when an operator first works on it, and no longer. */
export const longestPurgeMs = 600_000;

interface Options {
  readonly caches: Pick<Caches, 'monitors' | 'nodes' | 'node' | 'agents' | 'daemonSet'>;
  readonly writes: Pick<Writes, 'writeFinalizers' | 'deleteDaemonSet'>;
  readonly client: Pick<PurgeClient, 'ask'>;
}

/** What a turn came to. */
interface Turn {
  readonly isDone: boolean;
  /** What it waits for. */
  readonly message: string;
  readonly happened?: Happening;
}

/** Ends a monitor with deletionPolicy Purge: its agents first, then what is stored of their nodes, then itself. */
export class Purger {
  readonly #options: Options;
  /** When each deletion was first worked on, by the monitor's uid: nobody could before, were the operator away. */
  readonly #begunMs = new Map<string, number>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Gives a monitor the finalizer that its policy asks for, or takes it. @throws KubeError */
  async keepFinalizer(monitor: Monitor): Promise<void> {
    const finalizers = changedFinalizers(monitor);
    if (finalizers === undefined) return;
    await this.#options.writes.writeFinalizers(monitor, finalizers).catch((error: unknown) => {
      // Written by somebody since it was read: the next turn sees how it is now.
      if (!isRefusal(error, 409)) throw error;
    });
  }

  /** @throws KubeError */
  async turn(monitor: Monitor, nowMs: number): Promise<Turn> {
    const { uid, finalizers } = monitor.metadata;
    const begunMs = this.#begunMs.get(uid) ?? nowMs;
    this.#begunMs.set(uid, begunMs);
    const waits = await this.#step(monitor);
    const isLate = nowMs - begunMs >= longestPurgeMs;
    if (waits.why !== undefined && !isLate) return { isDone: false, message: waits.why };
    await this.#options.writes.writeFinalizers(monitor, withoutPurge(finalizers));
    this.#begunMs.delete(uid);
    return { isDone: true, message: '', happened: waits.why === undefined ? purged(waits.nodes) : gaveUp(waits.why) };
  }

  /** Does what is next. @returns what it waits for; or of how many nodes all was removed */
  async #step(monitor: Monitor): Promise<{ why: string } | { why?: undefined; nodes: number }> {
    const { caches, writes, client } = this.#options;
    const found = caches.daemonSet(monitor.metadata.namespace, daemonSetName(monitor));
    if (found !== undefined && isOurs(found, monitor)) {
      if (found.metadata.deletionTimestamp === undefined) await writes.deleteDaemonSet(found);
      return { why: 'its agents are being deleted' };
    }
    const running = caches.agents(monitor).filter((pod) => this.#isOnReadyNode(pod));
    if (running.length > 0) return { why: `${running.length} of its agents are still ending` };
    const answer = await client.ask(this.#asked(monitor));
    if ('why' in answer) return answer;
    if (answer.pending === 0) return { nodes: answer.nodes };
    return { why: `the API removes what is stored of ${answer.pending} of ${answer.nodes} nodes` };
  }

  /** The nodes that it selects, unless an older monitor has them: then it never had agents there. */
  #asked(monitor: Monitor): Asked {
    const { caches } = this.#options;
    const living = { ...monitor, metadata: { ...monitor.metadata, deletionTimestamp: undefined } };
    const others = caches.monitors().filter(({ metadata }) => {
      return metadata.uid !== monitor.metadata.uid && metadata.deletionTimestamp === undefined;
    });
    const nodes = caches.nodes();
    const claim = claimsOf([living, ...others], nodes).get(keyOf(monitor.metadata));
    const own = claim?.refusedFor === undefined ? nodes.filter(nodeFilter(monitor)) : [];
    return {
      monitorUid: monitor.metadata.uid,
      nodeUids: own.map(({ metadata }) => metadata.uid),
      goneNodes: others.length === 0,
    };
  }

  /** An agent on another node cannot end until somebody looks after that node. */
  #isOnReadyNode(pod: Pod): boolean {
    const node = this.#options.caches.node(nodeOf(pod) ?? '');
    return node !== undefined && isReady(node);
  }
}

function purged(nodes: number): Happening {
  return { type: 'Normal', reason: 'Purged', note: `all that was stored of ${nodes} nodes is removed` };
}

function gaveUp(why: string): Happening {
  const note = `the monitor is deleted, but not all that is stored of its nodes: after 10 minutes, ${why}; what is left goes by its age (api.retentionHours), or make the monitor again and delete it once the cause is gone`;
  return { type: 'Warning', reason: 'PurgeGaveUp', note };
}
