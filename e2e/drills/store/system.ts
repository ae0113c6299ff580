import { setTimeout as wait } from 'node:timers/promises';
import { ledgerAnswerSchema, nodeListSchema } from '@docksnap/contract';
import type { Row } from '../drill.ts';
import { DatabaseProcess } from './database-process.ts';
import { ReplicaProcess } from './replica-process.ts';
import { Sender } from './sender.ts';

const settleMs = 180_000;
const askMs = 30_000;
const followMs = 30_000;

/** A database, two replicas on it, and agents that push to both. */
export class StoreSystem {
  readonly database: DatabaseProcess;
  readonly replicas: readonly ReplicaProcess[];
  readonly senders: readonly Sender[];

  private constructor(database: DatabaseProcess, replicas: readonly ReplicaProcess[], name: string) {
    this.database = database;
    this.replicas = replicas;
    const urls = (): string[] => replicas.map(({ url }) => url).filter((url) => url !== undefined);
    this.senders = [1, 2, 3, 4].map((number) => new Sender(`${name}-${number}`, urls));
  }

  /** Resolves when all run and data flows. `name` begins the names of the nodes. */
  static async start(folder: string, name: string, diskMiB?: number): Promise<StoreSystem> {
    const database = await DatabaseProcess.make(folder);
    await database.start(diskMiB);
    const replicas = [1, 2].map(() => new ReplicaProcess(database.uri, folder));
    await Promise.all(replicas.map((replica) => replica.start()));
    await Promise.all(replicas.map((replica) => replica.ready()));
    const system = new StoreSystem(database, replicas, name);
    await system.until('every agent has an acknowledged tick', () =>
      system.senders.every((one) => one.acknowledged > 0),
    );
    return system;
  }

  /** Waits for what must come to be. */
  async until(what: string, holds: () => boolean): Promise<void> {
    const deadline = Date.now() + settleMs;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`it did not come to be within ${settleMs / 1000} s: ${what}`);
      await wait(50);
    }
  }

  /** Ticks that were acknowledged so far, of all agents. */
  get acknowledged(): number {
    return this.senders.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }

  /** Answers with that status so far, 0 for none. */
  answers(status: number): number {
    return this.senders.reduce((sum, sender) => sum + sender.count(status), 0);
  }

  /** Sends all that waits, then asks each replica what is stored: the agents' own counts are what is expected. */
  async account(): Promise<Row[]> {
    for (const sender of this.senders) sender.stopCollecting();
    await this.until('every tick is acknowledged', () => this.senders.every(({ waiting }) => waiting === 0));
    const collected = this.senders.reduce((sum, sender) => sum + sender.collected, 0);
    const expected = `${collected} collected, ${collected} stored, 0 missing, 0 in doubt`;
    const rows: Row[] = [];
    for (const [index, replica] of this.replicas.entries()) {
      const { stored, missing, partial } = await this.settled(replica);
      const found = `${collected} collected, ${stored} stored, ${missing} missing, ${partial} in doubt`;
      rows.push({ step: `ledger, asked of replica ${index + 1}`, expected, found });
    }
    return rows;
  }

  /** The most memory that a replica which runs has had. */
  async peakBytes(): Promise<number> {
    return Math.max(...(await Promise.all(this.replicas.map((replica) => replica.peakBytes()))));
  }

  /** What a page of nodes is answered with: an HTTP status. */
  async statusOfNodes(): Promise<number> {
    const [replica] = this.replicas;
    if (replica === undefined) return 0;
    return (await get(replica, '/api/v1/nodes', await this.login(replica))).status;
  }

  async stop(): Promise<void> {
    this.database.thaw();
    await Promise.all(this.senders.map((sender) => sender.stop()));
    await Promise.all(this.replicas.map((replica) => replica.kill()));
    await this.database.kill();
  }

  /** A replica hears of the last ticks a moment after the one that took them. */
  private async settled(replica: ReplicaProcess): Promise<{ stored: number; missing: number; partial: number }> {
    const deadline = Date.now() + followMs;
    for (;;) {
      const found = await this.stored(replica);
      if (found.missing === 0 || Date.now() > deadline) return found;
      await wait(250);
    }
  }

  private async stored(replica: ReplicaProcess): Promise<{ stored: number; missing: number; partial: number }> {
    const cookie = await this.login(replica);
    const { items } = nodeListSchema.parse(await (await get(replica, '/api/v1/nodes', cookie)).json());
    const sums = { stored: 0, missing: 0, partial: 0 };
    for (const sender of this.senders) {
      const id = items.find(({ name }) => name === sender.node)?.id ?? 'none';
      const answer = ledgerAnswerSchema.parse(await (await get(replica, `/api/v1/nodes/${id}/ledger`, cookie)).json());
      const epoch = answer.epochs.find((one) => one.epoch === sender.epoch);
      sums.stored += epoch?.stored ?? 0;
      sums.missing += sender.collected - (epoch?.stored ?? 0);
      sums.partial += answer.partial === null ? 0 : 1;
    }
    return sums;
  }

  private cookie = '';

  /** A session is good at every replica, and while the database is away. */
  private async login(replica: ReplicaProcess): Promise<string> {
    if (this.cookie !== '') return this.cookie;
    const answer = await fetch(`${replica.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: replica.password }),
      signal: AbortSignal.timeout(askMs),
    });
    this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return this.cookie;
  }
}

async function get(replica: ReplicaProcess, path: string, cookie: string): Promise<Response> {
  return fetch(`${replica.url}${path}`, { headers: { cookie }, signal: AbortSignal.timeout(askMs) });
}
