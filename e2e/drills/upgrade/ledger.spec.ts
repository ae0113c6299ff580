import { describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.ts';

const epoch = (name: string, firstSeq: number, lastSeq: number, missing: number[] = []) => ({
  epoch: name,
  firstSeq,
  lastSeq,
  stored: lastSeq - firstSeq + 1 - missing.length,
  missing,
  firstTickMs: 0,
  lastTickMs: 0,
});

describe('Ledger', () => {
  it('counts a tick once, whoever has it', () => {
    const ledger = new Ledger();
    ledger.count('node1', { epochs: [epoch('a', 1, 10)] });
    ledger.count('node1', { epochs: [epoch('a', 6, 20)] });
    ledger.count('node2', { epochs: [epoch('a', 1, 2)] });
    expect([ledger.stored, ledger.missing]).toEqual([22, []]);
  });

  it('names what nobody has', () => {
    const ledger = new Ledger();
    ledger.count('node1', { epochs: [epoch('a', 1, 5, [2, 4])] });
    ledger.count('node1', { epochs: [epoch('a', 4, 8, [7])] });
    expect(ledger.missing).toEqual(['node1 a 2', 'node1 a 7']);
  });
});
