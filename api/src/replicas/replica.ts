import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet, type Identified } from '../store/collections.ts';

/** `r` → a replica that may have a log. Replaced whole, by that replica; removed with its log when it has ended. */
export interface ReplicaDocument extends Identified {
  /** Grows while the replica lives. */
  readonly beat: number;
  /** The oldest commit that its log must still keep. */
  readonly since: number;
  /** It stopped in order: nobody need wait for it. */
  readonly hasStopped: boolean;
}

/** `r` → that replica counts no more: what it inserts into its log from now on, nobody reads. Inserted once. */
export type EndedDocument = Identified;

/**
 * This process among the replicas. Others may take it for dead, and end it: it then goes on as another. A commit counts
 * only if its replica had not ended after it was inserted: whoever empties a log says first that it has ended.
 */
@Injectable()
export class Replica {
  private readonly replicas: DocumentSet<ReplicaDocument>;
  private readonly ended: DocumentSet<EndedDocument>;
  private beats = 0;
  private current = newId();
  private isListed = false;
  private lastSince = 0;
  private hasStopped = false;

  constructor(collections: Collections) {
    this.replicas = collections.of('replicas');
    this.ended = collections.of('ended');
  }

  get id(): string {
    return this.current;
  }

  /** Makes sure that others follow this replica's log. Call it before the first commit. */
  async list(): Promise<void> {
    if (!this.isListed) await this.beat(0);
  }

  /** Says that this replica lives, and since which commit its log is needed. */
  async beat(since: number): Promise<void> {
    const { id } = this;
    this.lastSince = since;
    await this.replicas.replace([{ _id: id, beat: (this.beats += 1), since, hasStopped: this.hasStopped }]);
    if (id === this.id) this.isListed = true;
  }

  async hasEnded(): Promise<boolean> {
    return (await this.ended.find(this.id)) !== undefined;
  }

  /** Says that nothing more comes from this replica. */
  async end(): Promise<void> {
    if (!this.isListed) return;
    await this.ended.insert({ _id: this.id });
    this.hasStopped = true;
    await this.beat(this.lastSince);
  }

  /** Goes on as another replica, with a log of its own. */
  renew(): void {
    this.current = newId();
    this.isListed = false;
  }
}

function newId(): string {
  return randomBytes(6).toString('hex');
}
