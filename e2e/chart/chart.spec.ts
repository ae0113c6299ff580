import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { chart, helm, objectsOf, render } from './render.ts';
import { HELM_TIMEOUT_MS, variants } from './values.ts';

const definition = readFileSync(join(CHECKOUT, 'crds/docksnapmonitors.yaml'), 'utf8');
const cases = Object.entries(variants).map(([name, variant]) => ({ name, ...variant }));

/** UPDATE_GOLDEN=1 writes the file anew: read the difference before you commit it. */
function golden(name: string, actual: string): string {
  const file = join(import.meta.dirname, 'golden', `${name}.yaml`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
  return readFileSync(file, 'utf8');
}

beforeAll(async () => {
  await helm(['version']);
}, HELM_TIMEOUT_MS);

describe.each(cases)('the chart $sentence', ({ name, values }) => {
  it('renders as its golden file, twice alike', async () => {
    const [once, again] = [await render(values), await render(values)];
    expect(again).toBe(once);
    expect(once).toBe(golden(name, once));
  });

  it('keeps the definition of the monitor, as in crds/, through an uninstall', async () => {
    const [crd] = objectsOf(await render(values)).filter(({ kind }) => kind === 'CustomResourceDefinition');
    const source = z.looseObject({ metadata: z.looseObject({}) }).parse(parse(definition));
    expect(crd).toEqual({
      ...source,
      metadata: {
        ...source.metadata,
        annotations: { 'helm.sh/resource-policy': 'keep' },
        labels: expect.objectContaining({ 'app.kubernetes.io/name': 'docksnap' }),
      },
    });
  });
});

describe('the chart', () => {
  it('passes the strict linter', async () => {
    expect(await helm(['lint', '--strict', chart])).toContain('0 chart(s) failed');
  });

  it.each([
    ['a value that nobody knows', { replicas: 3 }, "at '': additional properties 'replicas' not allowed"],
    ['a nested one', { api: { replicas: 3 } }, "at '/api': additional properties 'replicas' not allowed"],
    ['a wrong type', { api: { retentionHours: 'a week' } }, "at '/api/retentionHours': got string, want integer"],
    ['more than is allowed', { operator: { replicas: 9 } }, "at '/operator/replicas': maximum: got 9, want 5"],
    ['an origin without https', { api: { publicOrigins: ['http://x'] } }, "'http://x' does not match pattern"],
    ['a digest that is none', { api: { image: { digest: 'latest' } } }, "at '/api/image/digest': 'latest' does not"],
    ['a registry with a scheme', { registry: 'https://x' }, "at '/registry': 'https://x' does not match pattern"],
    ['a namespace that cannot be', { watchNamespaces: ['Team_A'] }, "at '/watchNamespaces/0': 'Team_A' does not"],
    [
      "a variable of the chart's own",
      { api: { env: [{ name: 'DOCKSNAP_NAMESPACE', value: 'x' }] } },
      "api.env must not set DOCKSNAP_NAMESPACE: names that start with DOCKSNAP_ are the chart's own",
    ],
    [
      'a label by which pods are found',
      { trialDatabase: { podLabels: { 'app.kubernetes.io/component': 'x' } } },
      'trialDatabase.podLabels must not set app.kubernetes.io/component',
    ],
  ])('refuses %s, in words', async (_sentence, values, words) => {
    await expect(render(values)).rejects.toThrow(words);
  });

  it('refuses another release name, in words', async () => {
    await expect(render({}, 'monitoring')).rejects.toThrow('the release must be named docksnap');
  });

  it.each([
    ['a trial database', {}, true, true],
    ['a MongoDB of your own', { mongodb: { uriSecret: { name: 'mongodb' } } }, false, true],
    ['a definition that goes', { crds: { keep: false } }, true, false],
  ])('notes, with %s, what it is and what outlives an uninstall', async (_sentence, values, isTrial, isKept) => {
    const notes = await notesOf(values);
    expect(notes.includes('The database is a TRIAL')).toBe(isTrial);
    expect(notes.includes("database's volume claim stays")).toBe(isTrial);
    expect(notes.includes('definition stays')).toBe(isKept);
  });

  it('packs the definition of the monitor as it stands in crds/', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docksnap-chart-'));
    try {
      await helm(['package', chart, '--destination', folder]);
      const archive = join(folder, 'docksnap-0.1.0.tgz');
      expect(await run('tar', ['-xzOf', archive, 'docksnap/docksnapmonitors.yaml'])).toBe(definition);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

async function notesOf(values: object): Promise<string> {
  const install = ['install', 'docksnap', chart, '--namespace', 'docksnap', '--dry-run=client', '--output', 'json'];
  const answer: unknown = JSON.parse(await helm([...install, '--values', '-'], JSON.stringify(values)));
  return z.object({ info: z.object({ notes: z.string() }) }).parse(answer).info.notes;
}
