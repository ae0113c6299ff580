import { describe, expect, it } from '@jest/globals';
import type { SizingHint } from '@docksnap/contract';
import { patchOf } from './patch.ts';

const target = { namespace: 'shop', kind: 'Deployment', workload: 'web', container: 'server' };
const hint = (resource: SizingHint['resource'], field: SizingHint['field'], to: number): SizingHint => {
  return { resource, field, from: null, to, why: '' };
};

describe('patchOf', () => {
  it('sets everything in one command', () => {
    const hints = [hint('memory', 'request', 232 * 2 ** 20), hint('cpu', 'limit', 3), hint('cpu', 'request', 0.46)];
    expect(patchOf(target, hints)).toBe(
      'kubectl -n shop set resources deployment/web --containers=server --requests=cpu=460m,memory=232Mi --limits=cpu=3000m',
    );
  });

  it('gives nothing of a name to the shell', () => {
    const hostile = { ...target, workload: `web';rm -rf ~;'`, container: '$(id)' };
    expect(patchOf(hostile, [hint('cpu', 'request', 1)])).toBe(
      `kubectl -n shop set resources 'deployment/web'\\'';rm -rf ~;'\\''' '--containers=$(id)' --requests=cpu=1000m`,
    );
  });

  it.each([
    ['hints', target, []],
    ['a template', { ...target, kind: 'Pod' }, [hint('cpu', 'request', 1)]],
    ['a kind that is known', { ...target, kind: 'constructor' }, [hint('cpu', 'request', 1)]],
  ])('is none without %s', (_sentence, of, hints) => {
    expect(patchOf(of, hints)).toBeNull();
  });
});
