import { describe, expect, it } from '@jest/globals';
import { aNodeDetail } from '../../testing/answers.ts';
import { levelsOf } from './levels.ts';

const { agent } = aNodeDetail();
const at = (intervalMs: number) => (agent === null ? null : { ...agent, intervalMs });

describe('levelsOf', () => {
  it.each([
    ['a node whose kubelet is read', at(10_000), [true, false]],
    ['a node whose kubelet is read as often as may be', at(5000), [true, false]],
    ['a node with samples each second', at(1000), [true, true]],
    ['a node that nobody has heard of', null, [false, false]],
  ])('of %s', (_sentence, one, expected) => {
    expect(levelsOf({ agent: one, cluster: 'test' }).map(({ isOn }) => isOn)).toEqual(expected);
  });

  it.each([
    ['a machine without Kubernetes', agent, true],
    ['a machine that nobody has heard of', null, false],
  ])('are one of %s, and no monitor sets it', (_sentence, one, expected) => {
    expect(levelsOf({ agent: one, cluster: 'machines' })).toMatchObject([{ isOn: expected, patch: null }]);
  });

  it('tell how the next one is turned on', () => {
    expect(levelsOf({ agent, cluster: 'test' })[1]?.patch).toContain(`-p '{"spec":{"source":{"type":"CAdvisor"}}}'`);
  });
});
