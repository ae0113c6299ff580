import { describe, expect, it } from '@jest/globals';
import { causeOf, type Scene } from './cause.ts';

const calm: Scene = {
  end: { reason: 'Error', exitCode: 1 },
  memoryLimitBytes: 128,
  nodeWorkingSetBytes: 600,
  nodeMemoryBytes: 1000,
};
const oom = { reason: 'OOMKilled', exitCode: 137 };

describe('causeOf', () => {
  it.each<[string, Partial<Scene>, string, RegExp]>([
    ['a kill at its limit', { end: oom }, 'ownLimit', /own memory limit; the node was not short: 40 % of it was free/],
    ['the same, of a node that is not seen', { end: oom, nodeMemoryBytes: null }, 'ownLimit', /own memory limit$/],
    ['a kill on a full node', { end: oom, nodeWorkingSetBytes: 950 }, 'nodeMemory', /the node was short/],
    ['a kill without a limit', { end: oom, memoryLimitBytes: null }, 'nodeMemory', /the node was short/],
    [
      'a kill of which nothing is known',
      { end: oom, memoryLimitBytes: null, nodeWorkingSetBytes: null },
      'unknown',
      /not known/,
    ],
    ['an exit code', {}, 'itself', /exit code 1: its log says why/],
    ['an exit without fault', { end: { reason: 'Completed', exitCode: 0 } }, 'itself', /it finished/],
    [
      'a crash by its code',
      { end: { reason: 'Error', exitCode: 139 } },
      'itself',
      /it crashed: SIGSEGV, exit code 139/,
    ],
    ['a crash by its signal', { end: { reason: 'Error', exitCode: 134, signal: 6 } }, 'itself', /SIGABRT/],
    ['a kill from outside', { end: { reason: 'Error', exitCode: 137 } }, 'signal', /killed from outside.*SIGKILL/],
    ['a stop from outside', { end: { reason: 'Error', exitCode: 143 } }, 'signal', /told to stop.*SIGTERM/],
    ['a code above signals', { end: { reason: 'Error', exitCode: 255 } }, 'itself', /exit code 255/],
  ])('tells %s', (_sentence, differences, cause, words) => {
    const found = causeOf({ ...calm, ...differences });
    expect(found.cause).toBe(cause);
    expect(found.words).toMatch(words);
  });
});
