import { describe, expect, it } from '@jest/globals';
import type { SizedContainer } from '@docksnap/contract';
import { aSized } from '../../testing/sizing.ts';
import { workloadHints } from './workload-hints.ts';

const more = { resource: 'memory', field: 'limit', from: 2 ** 29, to: 2 ** 30, why: 'was OOM-killed at it' } as const;
const less = { resource: 'cpu', field: 'request', from: 2, to: 0.5, why: 'used less' } as const;

describe('workloadHints', () => {
  it.each<[string, Partial<SizedContainer>[], object | undefined]>([
    ['what to give more of', [{ hints: [more] }], { mark: 'warning', words: 'Memory limit 512 MiB → 1 GiB' }],
    ['what to give less of', [{ hints: [less] }], { mark: 'ok', words: 'CPU request 2 cores → 0.5 cores' }],
    ['more first', [{ hints: [less, more] }], { mark: 'warning', words: 'Memory limit 512 MiB → 1 GiB and 1 more' }],
    ['the hints of all containers', [{ hints: [] }, { hints: [less] }], { words: 'CPU request 2 cores → 0.5 cores' }],
    ['a leak', [{ hints: [], unsure: 'its memory grows' }], { mark: 'unknown', words: 'its memory grows' }],
    ['that it fits', [{ hints: [] }], { mark: 'ok', words: 'fits' }],
    ['nothing from too little', [{ hints: [], confidence: 'none', unsure: 'measured for 5 min' }], undefined],
  ])('say %s', (_sentence, containers, expected) => {
    const hints = workloadHints(containers.map(aSized));
    const found = hints.get('shop/Deployment/api');
    const plain = found === undefined ? undefined : { ...found, words: found.words.replaceAll('\u00a0', ' ') };
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(plain).toMatchObject(expected);
  });
});
