import { describe, expect, it } from '@jest/globals';
import { type NodeLook, nodeEvents } from './node-events.ts';

const record = { id: 'n1', cluster: 'c', name: 'node-1', uid: 'u' };
const reporting: NodeLook = { silence: null, lastTickMs: 1000 };
const silence = { sinceMs: 1000, reason: 'NodeNotReady', message: 'the kubelet stopped' };
const silent: NodeLook = { silence, lastTickMs: 1000 };
const back: NodeLook = { silence: null, lastTickMs: 61_000 };
const never: NodeLook = { silence: { ...silence, sinceMs: null }, lastTickMs: null };

describe('nodeEvents', () => {
  it.each<[string, NodeLook, NodeLook, object[]]>([
    ['a node that reports', reporting, back, []],
    ['a node that stays silent', silent, silent, []],
    ['a node that never reported', reporting, never, []],
    ['a node that reports for the first time', never, reporting, []],
    [
      'a node that falls silent',
      reporting,
      silent,
      [
        {
          id: 'silent/n1/1000',
          kind: 'node-silent',
          atMs: 1000,
          isWarning: true,
          message: 'Silent: the kubelet stopped',
        },
      ],
    ],
    [
      'a node that is back',
      silent,
      back,
      [{ id: 'back/n1/1000', kind: 'node-back', atMs: 61_000, message: 'Samples come again, after 60 s of silence' }],
    ],
  ])('tells of %s', (_sentence, before, after, expected) => {
    expect(nodeEvents(record, before, after)).toMatchObject(expected);
  });
});
