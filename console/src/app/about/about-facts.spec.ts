import { describe, expect, it } from '@jest/globals';
import type { About } from '@docksnap/contract';
import { aboutFacts } from './about-facts.ts';

const about: About = {
  databaseBytes: 3 * 2 ** 30,
  databaseLimitBytes: null,
  kept: [
    { tier: 'raw', ms: 36 * 3_600_000 },
    { tier: 'events', ms: 30 * 86_400_000 },
  ],
  ticksPerSecond: 0.2,
  nodes: 2,
  containers: 1,
  replicas: 2,
};
const words = (differences: Partial<About> = {}) =>
  aboutFacts({ ...about, ...differences }).map(({ label, value }) => `${label}: ${value}`.replaceAll('\u00a0', ' '));

describe('aboutFacts', () => {
  it('tells size, ingest, and what is kept for how long', () => {
    expect(words()).toEqual([
      'Database: 3 GiB, no limit',
      'Ingest: 0.2 ticks/s in the last minute',
      'From: 2 nodes, 1 container',
      'API: 2 replicas',
      'Samples kept: 36 hours',
      'Events kept: 30 days',
    ]);
  });

  it.each([
    ['of a limit', { databaseLimitBytes: 4 * 2 ** 30 }, 'Database: 3 GiB of 4 GiB, 75.0 %'],
    ['of a database that is away', { databaseBytes: null }, 'Database: the database does not answer'],
    ['of an API that has just started', { ticksPerSecond: null }, 'Ingest: –'],
  ])('tells %s', (_sentence, differences, expected) => {
    expect(words(differences)).toContain(expected);
  });
});
