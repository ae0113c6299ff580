import { describe, expect, it } from '@jest/globals';
import type { Cause, Finding, Findings } from './conditions.ts';
import { conditionsOf, readyOf } from './conditions.ts';

const well: Finding = { status: 'True', reason: 'Good', message: 'good' };

const bad = (reason: string): Finding => ({ status: 'False', reason, message: reason });

function findings(failing: Partial<Record<Cause, Finding>> = {}): Findings {
  return {
    Accepted: well,
    Reconciled: well,
    Available: well,
    DataFlowing: well,
    KubeletVerified: bad('Pinned'),
    ...failing,
  };
}

describe('readyOf', () => {
  it.each([
    ['is True when all is', {}, ['True', 'Reporting']],
    ['repeats the one that fails', { DataFlowing: bad('NoRecentData') }, ['False', 'NoRecentData']],
    [
      'repeats the first of several',
      { DataFlowing: bad('NoRecentData'), Available: bad('RollingOut') },
      ['False', 'RollingOut'],
    ],
    ['is Unknown while the first is', { Accepted: { ...well, status: 'Unknown' as const } }, ['Unknown', 'Good']],
  ])('%s', (_sentence, failing, expected) => {
    const { status, reason } = readyOf(findings(failing));
    expect([status, reason]).toEqual(expected);
  });
});

describe('conditionsOf', () => {
  const first = conditionsOf(findings(), [], 1, '2026-01-01T00:00:00Z');

  it('gives the four causes, Ready, and what Ready does not look at', () => {
    expect(first.map(({ type }) => type)).toEqual([
      'Accepted',
      'Reconciled',
      'Available',
      'DataFlowing',
      'Ready',
      'KubeletVerified',
    ]);
  });

  it('changes nothing while nothing changes', () => {
    expect(conditionsOf(findings(), first, 1, '2026-01-01T00:09:00Z')).toEqual(first);
  });

  it('dates a condition anew when its status changes, and only then', () => {
    const later = conditionsOf(findings({ Available: bad('RollingOut') }), first, 2, '2026-01-01T00:09:00Z');
    expect(later.map(({ type, lastTransitionTime }) => [type, lastTransitionTime.slice(11, 16)])).toEqual([
      ['Accepted', '00:00'],
      ['Reconciled', '00:00'],
      ['Available', '00:09'],
      ['DataFlowing', '00:00'],
      ['Ready', '00:09'],
      ['KubeletVerified', '00:00'],
    ]);
  });
});
