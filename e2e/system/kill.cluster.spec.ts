import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerAnswer } from '@docksnap/contract';
import { ledgerAnswerSchema, nodeListSchema } from '@docksnap/contract';
import type { ApiClient } from './support/api-client.ts';
import { kill, untilRestarted } from './support/kill.ts';
import { podsOf, signedIn, untilAllReport } from './support/system.ts';
import { until } from './support/until.ts';

type Ledger = ReadonlyMap<string, LedgerAnswer['epochs']>;

let client: ApiClient;
const sinceMs = Date.now() - 300_000;

/** Every node's epochs, as stored now. */
async function ledger(): Promise<Ledger> {
  const { items } = await client.get('/api/v1/nodes', nodeListSchema);
  const nodes = items.filter((node) => node.state === 'reporting' || node.lastTickMs !== null);
  const answers = nodes.map(async (node) => {
    const answer = await client.get(`/api/v1/nodes/${node.id}/ledger?from=${sinceMs}`, ledgerAnswerSchema);
    return [node.id, answer.epochs] as const;
  });
  return new Map(await Promise.all(answers));
}

describe('a killed process', () => {
  beforeAll(async () => {
    await untilAllReport();
    client = await signedIn();
  }, 240_000);

  afterEach(async () => {
    await untilAllReport();
  }, 240_000);

  it.each(['agent', 'api', 'database', 'operator'])(
    '%s comes back, and nothing that was acknowledged is lost',
    async (component) => {
      const before = await ledger();
      const [pod] = await podsOf(component);
      if (pod === undefined) throw new Error(`no ${component} runs`);
      await kill(pod);
      await untilRestarted(component, pod);
      await untilAllReport();
      client = await signedIn();
      const after = await until('ticks after the kill', 120_000, async () => {
        const now = await ledger();
        return [...now].every(([id, epochs]) => count(epochs) > count(before.get(id) ?? []) + 2) ? now : undefined;
      });
      for (const [id, epochs] of before) {
        for (const epoch of epochs) {
          const kept = after.get(id)?.find((one) => one.epoch === epoch.epoch);
          expect(kept?.stored).toBeGreaterThanOrEqual(epoch.stored);
          expect(kept?.missing).toEqual([]);
        }
      }
    },
    400_000,
  );
});

function count(epochs: LedgerAnswer['epochs']): number {
  return epochs.reduce((total, one) => total + one.stored, 0);
}
