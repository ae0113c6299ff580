import { Inject, Injectable, Logger } from '@nestjs/common';
import { containerId } from '../containers/container-id.ts';
import { Kube } from '../kube/kube.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { belongingOf } from '../workloads/workload-of.ts';
import { kubernetesEvent, type Named, type Place, versionOf } from './kubernetes-event.ts';
import { RecentEvents } from './recent-events.ts';

/** Follows the events of Kubernetes, while it is told to: one replica does, the one that writes events down. */
@Injectable()
export class KubernetesEvents {
  private readonly log = new Logger('Events');
  private following: AbortController | undefined;
  private version: string | undefined;
  private failed = false;

  constructor(
    @Inject(Kube) private readonly kube: Pick<Kube, 'watchEvents'> | null,
    @Inject(LiveNodes) private readonly live: Pick<LiveNodes, 'all'>,
    private readonly recent: RecentEvents,
  ) {}

  /** Begins where nobody follows. A watch that ended goes on with the next call, after what it saw last. */
  follow(): void {
    if (this.kube === null || this.following !== undefined) return;
    const following = new AbortController();
    this.following = following;
    void this.watch(this.kube, following.signal).finally(() => {
      if (this.following === following) this.following = undefined;
    });
  }

  stop(): void {
    this.following?.abort();
    this.following = undefined;
  }

  private async watch(kube: Pick<Kube, 'watchEvents'>, signal: AbortSignal): Promise<void> {
    try {
      await kube.watchEvents(this.version, signal, (type, json) => {
        this.take(type, json);
      });
      this.failed = false;
    } catch (error) {
      // What is too old to go on from is begun anew; Kubernetes then tells all that it still has.
      this.version = undefined;
      const reason = error instanceof Error ? error.message : 'unknown error';
      if (!this.failed && !signal.aborted)
        this.log.warn(`Kubernetes does not tell its events, it is asked again: ${reason}`);
      this.failed = true;
    }
  }

  private take(type: string, json: unknown): void {
    if (type === 'ERROR') {
      this.version = undefined;
      return;
    }
    this.version = versionOf(json) ?? this.version;
    if (type !== 'ADDED' && type !== 'MODIFIED') return;
    const event = kubernetesEvent(json, (named) => this.placeOf(named));
    if (event !== undefined) this.recent.take([event]);
  }

  private placeOf({ podUid, container, node }: Named): Place {
    const nobody: Place = { workload: null, containerId: null, nodeId: null, node: node === '' ? null : node };
    for (const { record, entities } of this.live.all()) {
      if (node !== '' && record.name === node) return { ...nobody, nodeId: record.id };
      const pod = podUid === '' ? undefined : entities.get(podUid);
      if (pod === undefined) continue;
      const key = `${podUid}/${container}`;
      return {
        workload: belongingOf(pod.description)?.workload ?? null,
        containerId: entities.has(key) ? containerId(record.id, key) : null,
        nodeId: record.id,
        node: record.name,
      };
    }
    return nobody;
  }
}
