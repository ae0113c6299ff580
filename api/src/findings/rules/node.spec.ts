import { describe, expect, it } from '@jest/globals';
import type { NodeCondition } from '@docksnap/contract';
import { minuteMs, nowMs } from '../testing/facts.ts';
import { nodeMemoryOf } from './node-memory.ts';
import { nodePressureOf } from './node-pressure.ts';
import { nodeSilentOf } from './node-silent.ts';

const gibi = 2 ** 30;

describe('nodeMemoryOf', () => {
  it.each([
    ['warns at nine tenths', 90, 100, 'warning'],
    ['is critical at 97 of 100', 97, 100, 'critical'],
    ['says nothing below nine tenths', 89.9, 100, undefined],
    ['says nothing of what is not known', null, 100, undefined],
    ['says nothing without a size', 90, null, undefined],
  ] as const)('%s', (_sentence, used, of, urgency) => {
    const bytes = (count: number | null): number | null => (count === null ? null : count * gibi);
    expect(nodeMemoryOf({ nowMs, workingSetBytes: bytes(used), memoryBytes: bytes(of) })?.urgency).toBe(urgency);
  });
});

describe('nodeSilentOf', () => {
  it('says for how long and why', () => {
    const silence = { sinceMs: nowMs - 14 * minuteMs, reason: 'NodeNotReady', message: 'the kubelet stopped' };
    expect(nodeSilentOf(silence, 16, nowMs)).toMatchObject({
      urgency: 'critical',
      sentence: 'has been silent for 14 min: the kubelet stopped.',
      sinceMs: silence.sinceMs,
      fromMs: nowMs - 29 * minuteMs,
    });
  });

  it('tells a node that never reported', () => {
    const silence = { sinceMs: null, reason: 'NeverReported', message: 'no agent' };
    expect(nodeSilentOf(silence, 0, nowMs)?.sentence).toBe('has never reported: no agent.');
  });

  it('does not say so of a node that reported before anybody remembers', () => {
    const silence = { sinceMs: null, reason: 'NoRecentData', message: 'the agent sends nothing' };
    expect(nodeSilentOf(silence, 0, nowMs)?.sentence).toBe('is silent: the agent sends nothing.');
  });

  it('says nothing of a node that reports', () => {
    expect(nodeSilentOf(null, 3, nowMs)).toBeUndefined();
  });
});

describe('nodePressureOf', () => {
  const condition = (type: string, status: 'True' | 'False' | 'Unknown'): NodeCondition => ({
    type,
    status,
    reason: 'r',
    message: 'kubelet has disk pressure',
    sinceMs: nowMs - minuteMs,
  });

  it.each<[string, NodeCondition[], RegExp]>([
    ['a disk that fills', [condition('Ready', 'True'), condition('DiskPressure', 'True')], /^runs out of disk/],
    [
      'several troubles as one',
      [condition('MemoryPressure', 'True'), condition('DiskPressure', 'True')],
      /^runs out of disk.*; it runs out of memory/,
    ],
  ])('tells %s', (_sentence, conditions, words) => {
    expect(nodePressureOf(conditions, nowMs)?.sentence).toMatch(words);
  });

  it.each<[string, NodeCondition[]]>([
    ['no conditions', []],
    ['a node without pressure', [condition('DiskPressure', 'False'), condition('MemoryPressure', 'Unknown')]],
    ['a condition of somebody else', [condition('constructor', 'True')]],
  ])('says nothing of %s', (_sentence, conditions) => {
    expect(nodePressureOf(conditions, nowMs)).toBeUndefined();
  });
});
