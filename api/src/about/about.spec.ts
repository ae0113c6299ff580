import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aboutSchema } from '@docksnap/contract';
import { all, billing, ExampleApi } from '../testing/example-api.ts';

const example = new ExampleApi();
const dayMs = 86_400_000;

beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

describe('GET /api/v1/about', () => {
  it('tells how large the database is, what is kept for how long, and what comes in', async () => {
    const about = aboutSchema.parse(await example.ask('about'));
    expect(about).toMatchObject({ databaseLimitBytes: null, ticksPerSecond: null, nodes: 2, containers: 4 });
    expect(about.databaseBytes).toBeGreaterThan(0);
    expect(about.kept.map(({ tier, ms }) => [tier, ms / dayMs])).toEqual([
      ['raw', 7],
      ['m1', 14],
      ['m5', 90],
      ['h1', 730],
      ['events', 30],
    ]);
  });

  it('is for those who see everything', async () => {
    example.scope = billing;
    expect((await example.get('about')).status).toBe(403);
  });
});
