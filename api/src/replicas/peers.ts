import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet } from '../store/collections.ts';
import { type EndedDocument, Replica, type ReplicaDocument } from './replica.ts';

/** A replica is taken for dead when it did not beat for this many looks, of which there is one a second. */
const deadLooks = 60;
/** One that did not beat for this many is not counted on. */
const missedLooks = 15;

interface Seen {
  readonly document: ReplicaDocument;
  /** Looks since it last beat: counted and not timed, so that a database that was away makes nobody dead. */
  readonly quietLooks: number;
}

/** The replicas that may have a log, as this one saw them last. */
@Injectable()
export class Peers {
  private readonly replicas: DocumentSet<ReplicaDocument>;
  private readonly ended: DocumentSet<EndedDocument>;
  private seen: ReadonlyMap<string, Seen> = new Map();

  constructor(
    collections: Collections,
    private readonly replica: Replica,
  ) {
    this.replicas = collections.of('replicas');
    this.ended = collections.of('ended');
  }

  /** Looks who is there. */
  async look(): Promise<void> {
    const documents = await this.replicas.all();
    this.seen = new Map(documents.map((document) => [document._id, this.see(document)]));
  }

  all(): readonly ReplicaDocument[] {
    return [...this.seen.values()].map(({ document }) => document);
  }

  /** All but this replica. */
  others(): readonly ReplicaDocument[] {
    return this.all().filter(({ _id }) => _id !== this.replica.id);
  }

  /** Ends those that seem to have died without saying so. One that only slept then goes on as another. */
  async endDead(): Promise<void> {
    for (const { _id } of this.others()) if (this.quietLooks(_id) >= deadLooks) await this.ended.insert({ _id });
  }

  async hasEnded(id: string): Promise<boolean> {
    return (await this.ended.find(id)) !== undefined;
  }

  /** Whether this replica does a node's work: by rendezvous hash, so that most nodes stay where they are. Only saves work. */
  owns(nodeId: string): boolean {
    const own = score(this.replica.id, nodeId);
    const living = this.others().filter(({ _id, hasStopped }) => !hasStopped && this.quietLooks(_id) < missedLooks);
    return living.every(({ _id }) => score(_id, nodeId) < own);
  }

  /** No replica follows that log any more. */
  async forget(id: string): Promise<void> {
    await this.replicas.remove(id);
  }

  private quietLooks(id: string): number {
    return this.seen.get(id)?.quietLooks ?? 0;
  }

  private see(document: ReplicaDocument): Seen {
    const before = this.seen.get(document._id);
    return { document, quietLooks: before?.document.beat === document.beat ? before.quietLooks + 1 : 0 };
  }
}

/** FNV-1a with a last mix, so that ids that differ in one digit spread. */
function score(replica: string, nodeId: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${replica}/${nodeId}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
