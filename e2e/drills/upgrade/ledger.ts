import { ledgerAnswerSchema, nodeListSchema, type LedgerAnswer } from '@docksnap/contract';
import type { ApiClient } from '../../system/support/api-client.ts';

/** Which ticks are stored, as any of the APIs that ran said: sequence numbers by node and epoch. */
export class Ledger {
  readonly #stored = new Map<string, Set<number>>();

  /** Adds what an API knows of the time since `fromMs`. */
  async add(client: ApiClient, fromMs: number): Promise<void> {
    const { items } = await client.get('/api/v1/nodes', nodeListSchema);
    for (const { id, name } of items) {
      const answer = await client.get(`/api/v1/nodes/${id}/ledger?from=${fromMs}&to=${Date.now()}`, ledgerAnswerSchema);
      this.count(name, answer);
    }
  }

  /** Adds one node's answer. */
  count(node: string, { epochs }: Pick<LedgerAnswer, 'epochs'>): void {
    for (const { epoch, firstSeq, lastSeq, missing } of epochs) {
      const key = `${node} ${epoch}`;
      const stored = this.#stored.get(key) ?? new Set();
      const absent = new Set(missing);
      for (let seq = firstSeq; seq <= lastSeq; seq += 1) if (!absent.has(seq)) stored.add(seq);
      this.#stored.set(key, stored);
    }
  }

  /** Ticks that are stored. */
  get stored(): number {
    return [...this.#stored.values()].reduce((sum, seqs) => sum + seqs.size, 0);
  }

  /** Ticks between the first and the last that is stored of an epoch, and that nobody has. */
  get missing(): string[] {
    return [...this.#stored].flatMap(([key, seqs]) => {
      const [first, last] = [Math.min(...seqs), Math.max(...seqs)];
      const absent: string[] = [];
      for (let seq = first; seq <= last; seq += 1) if (!seqs.has(seq)) absent.push(`${key} ${seq}`);
      return absent;
    });
  }
}
