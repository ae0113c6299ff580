import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Cluster } from '../cluster/cluster.ts';
import { Kube } from '../kube/kube.ts';
import { kubernetesNode } from './kubernetes-node.ts';
import { NodeWatch, type SeenNodes } from './node-watch.ts';

/**
 * Nodes are few and change slowly, and a list that fails is simply asked for again: a poll needs none of the care that
 * a watch does, and costs one request in this time. Kubernetes itself takes 40 s to call a dead node not ready.
 */
const everyMs = 10_000;

@Injectable()
export class PollingNodeWatch extends NodeWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('NodeWatch');
  private found: SeenNodes | null = null;
  private failed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Kube) private readonly kube: Pick<Kube, 'nodes'> | null,
    @Inject(Cluster) private readonly cluster: Pick<Cluster, 'uid'>,
  ) {
    super();
  }

  override seen(): SeenNodes | null {
    return this.found;
  }

  onApplicationBootstrap(): void {
    if (this.kube === null) return;
    void this.poll(this.kube);
  }

  beforeApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** One answer after another: the next is asked for some time after the last came or failed. */
  private async poll(kube: Pick<Kube, 'nodes'>): Promise<void> {
    this.timer = setTimeout(() => void this.poll(kube), everyMs);
    try {
      await this.look(kube);
      if (this.failed) this.log.log('Kubernetes answers again');
      this.failed = false;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown error';
      if (!this.failed) this.log.warn(`the nodes cannot be listed, what was last known is shown: ${reason}`);
      this.failed = true;
    }
  }

  private async look(kube: Pick<Kube, 'nodes'>): Promise<void> {
    const cluster = await this.cluster.uid();
    const nodes = (await kube.nodes()).map((node) => kubernetesNode(node));
    this.found = { cluster, byUid: new Map(nodes.map((node) => [node.uid, node])) };
  }
}
