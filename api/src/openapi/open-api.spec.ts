import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

const file = path.join(__dirname, '../../openapi.json');

let database: TrialDatabase;
let api: RunningApi;

beforeAll(async () => {
  database = await trialDatabase();
  api = await runningApi({ uri: database.uri });
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.remove();
});

describe('api/openapi.json', () => {
  /** UPDATE_GOLDEN=1 writes the file anew: read the difference before you commit it. */
  it('is what the API says of itself', async () => {
    const answer = await fetch(`${api.url}/api/openapi.json`);
    const actual = `${JSON.stringify(await answer.json(), null, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
    expect(actual).toBe(readFileSync(file, 'utf8'));
  });
});

describe('/api/docs', () => {
  it('is a page whose scripts come from files, for nothing else is run', async () => {
    const page = await fetch(`${api.url}/api/docs`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    const html = await page.text();
    const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes = '', text = ''] of scripts) {
      const source = /src="([^"]+)"/.exec(attributes)?.[1] ?? '';
      expect(text.trim()).toBe('');
      expect((await fetch(new URL(source, `${api.url}/api/docs`))).status).toBe(200);
    }
  });
});
