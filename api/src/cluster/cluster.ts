import { Inject, Injectable } from '@nestjs/common';
import { Kube } from '../kube/kube.ts';

/** The identity of what is monitored where there is no Kubernetes. */
const withoutKubernetes = 'standalone';

/** Which cluster this API serves. */
@Injectable()
export class Cluster {
  private found: string | undefined;

  constructor(@Inject(Kube) private readonly kube: Kube | null) {}

  /** UID of the namespace kube-system, asked for once; rejects with KubeUnavailableError. */
  async uid(): Promise<string> {
    this.found ??= this.kube === null ? withoutKubernetes : await this.kube.clusterUid();
    return this.found;
  }
}
