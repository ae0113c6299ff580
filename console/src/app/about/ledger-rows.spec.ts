import { describe, expect, it } from '@jest/globals';
import { aNode, aNodeDetail, noonMs } from '../../testing/answers.ts';
import { ledgerRows } from './ledger-rows.ts';

const epoch = {
  epoch: 'e',
  firstSeq: 1,
  lastSeq: 10,
  stored: 9,
  missing: [4],
  firstTickMs: noonMs,
  lastTickMs: noonMs,
};
const ledger = { fromMs: noonMs, toMs: noonMs, epochs: [epoch, epoch], partial: null };

describe('ledgerRows', () => {
  it('sums what is stored and what is missing over all epochs', () => {
    const found = new Map([[aNode().id, { ledger, agent: aNodeDetail().agent }]]);
    expect(ledgerRows([aNode()], found)).toMatchObject([
      { name: 'node-1', version: '0.1.0', stored: '18', missing: '2', isMissing: true, dropped: '2 buffer full' },
    ]);
  });

  it('shows what is not known as such', () => {
    const found = new Map([[aNode().id, { ledger: null, agent: null }]]);
    expect(ledgerRows([aNode()], found)).toMatchObject([{ stored: '–', missing: '–', isMissing: false, dropped: '–' }]);
  });

  it('leaves out nodes that were not asked about yet', () => {
    expect(ledgerRows([aNode()], new Map())).toEqual([]);
  });
});
