import { Injectable } from '@nestjs/common';
import { Cluster } from '../cluster/cluster.ts';
import { type NodeRecord, Store } from '../store/store.ts';

/** The node that a token speaks for. */
export interface Sender {
  readonly nodeName: string;
  readonly nodeUid: string;
  /** Where the node is none of this API's cluster. */
  readonly cluster?: string;
}

/** The records of those who push. */
@Injectable()
export class SenderNodes {
  constructor(
    private readonly cluster: Cluster,
    private readonly store: Store,
  ) {}

  /** Made when it is heard first. Rejects with StoreUnavailableError. */
  async recordOf({ cluster, nodeName, nodeUid }: Sender): Promise<NodeRecord> {
    return this.store.nodeFor(cluster ?? (await this.cluster.uid()), nodeName, nodeUid);
  }
}
