import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';

/** `cluster/namespace` → that there are sums of it. Inserted once, before the first of them. */
type NamespaceDocument = Identified;

/** The namespaces of which there are sums: those that retention goes through. */
@Injectable()
export class KnownNamespaces {
  private readonly documents: DocumentSet<NamespaceDocument>;
  private readonly known = new Set<string>();

  constructor(collections: Collections) {
    this.documents = collections.of('namespaces');
  }

  async add(cluster: string, namespace: string): Promise<void> {
    const _id = `${cluster}/${namespace}`;
    if (this.known.has(_id)) return;
    await this.documents.insert({ _id });
    this.known.add(_id);
  }

  /** As `cluster/namespace`. */
  async all(): Promise<readonly string[]> {
    return (await this.documents.all()).map(({ _id }) => _id);
  }
}
