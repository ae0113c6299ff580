import { describe, expect, it } from '@jest/globals';
import { aContainerDetail, noonMs } from '../../testing/answers.ts';
import { containerFacts, terminationWords } from './container-facts.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('terminationWords', () => {
  it.each([
    ['never', null, 'none'],
    [
      'killed',
      { reason: 'OOMKilled', exitCode: 137, finishedAtMs: noonMs - 720_000 },
      'OOMKilled, exit code 137, 12 min ago',
    ],
    ['by a signal, without a time', { reason: 'Error', exitCode: 143, signal: 15 }, 'Error, exit code 143, signal 15'],
  ])('%s', (_sentence, termination, expected) => {
    expect(plain(terminationWords(termination, noonMs))).toBe(expected);
  });
});

describe('containerFacts', () => {
  const fact = (label: string, differences = {}) =>
    plain(containerFacts(aContainerDetail(differences), noonMs).find((one) => one.label === label)?.value ?? '');

  it.each([
    ['request and limit', 'CPU request, limit', {}, '0.25 cores, 0.5 cores'],
    ['a limit alone', 'Memory request, limit', { memoryRequestBytes: null }, 'none, 256 MiB'],
    ['neither', 'Memory request, limit', { memoryRequestBytes: null, memoryLimitBytes: null }, 'neither set'],
    ['the class of service', 'QoS class', {}, 'Burstable'],
    ['none outside Kubernetes', 'QoS class', { namespace: '_docker', qosClass: null }, ''],
    ['a start that is not known', 'Started', { startedAtMs: null }, 'not known'],
  ])('shows %s', (_sentence, label, differences, expected) => {
    expect(fact(label, differences)).toBe(expected);
  });
});
