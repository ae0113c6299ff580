import type { Description } from '@docksnap/contract';
import type { Collections, Identified } from '../../store/collections.ts';
import { descriptionId } from '../../store/identifiers.ts';
import { type NodeRecord, Store } from '../../store/store.ts';
import { podDescription, podHash } from '../blocks.ts';

export const simCluster = 'cluster';
export const simNamespace = 'shop';

interface NodeDocument extends Identified, NodeRecord {}
interface DescriptionDocument extends Identified {
  readonly description: Description;
}

/** Writes down the nodes, and what describes their containers. */
export async function introduce(database: Collections, nodeIds: readonly string[]): Promise<void> {
  for (const id of nodeIds) {
    await database.of<NodeDocument>('nodes').insert({ _id: id, id, cluster: simCluster, name: id, uid: id });
    const _id = descriptionId(id, podHash);
    await database.of<DescriptionDocument>('descriptions').insert({ _id, description: podDescription });
  }
}

/** What roll-ups and retention ask of a store besides their own documents: nodes and descriptions. */
export class SimStore extends Store {
  private readonly nodeDocuments;
  private readonly descriptionDocuments;

  constructor(collections: Collections) {
    super();
    this.nodeDocuments = collections.of<NodeDocument>('nodes');
    this.descriptionDocuments = collections.of<DescriptionDocument>('descriptions');
  }

  override nodes(): Promise<readonly NodeRecord[]> {
    return this.nodeDocuments.all();
  }

  override async descriptions(nodeId: string, hashes: ReadonlySet<string>): Promise<ReadonlyMap<string, Description>> {
    const found = new Map<string, Description>();
    for (const hash of hashes) {
      const document = await this.descriptionDocuments.find(descriptionId(nodeId, hash));
      if (document !== undefined) found.set(hash, document.description);
    }
    return found;
  }

  override nodeFor = unasked;
  override putDescriptions = unasked;
  override append = unasked;
  override blocks = unasked;
  override entity = unasked;
  override putEntities = unasked;
  override recentBlocks(): never {
    throw new Error('BUG: a job asks for recent blocks');
  }
}

function unasked(): Promise<never> {
  return Promise.reject(new Error('BUG: a job asks the store for what it has no use for'));
}
