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

/** The definition is looked at by itself: it changes with crds/. */
function withoutDefinition(text: string): string {
  return text
    .split(/^---$/m)
    .filter((document) => !document.includes('kind: CustomResourceDefinition'))
    .join('---');
}

beforeAll(async () => {
  await helm(['version']);
}, HELM_TIMEOUT_MS);

describe.each(cases)('the chart $sentence', ({ name, values }) => {
  it('renders as its golden file, twice alike', async () => {
    const [once, again] = [await render(values), await render(values)];
    expect(again).toBe(once);
    const own = withoutDefinition(once);
    expect(own).toBe(golden(name, own));
  });

  it('brings the definition of the monitor as it stands in crds/', async () => {
    const [crd] = objectsOf(await render(values)).filter(({ kind }) => kind === 'CustomResourceDefinition');
    const source = z.looseObject({ metadata: z.looseObject({ name: z.string() }) }).parse(parse(definition));
    expect(crd).toEqual({ ...source, metadata: expect.objectContaining({ name: source.metadata.name }) });
  });
});

describe('the chart', () => {
  it.each([
    ['keeps the definition through an uninstall', {}, 'keep'],
    ['lets it go where that is wanted', { crds: { keep: false } }, undefined],
  ])('%s', async (_sentence, values, policy) => {
    const [crd] = objectsOf(await render(values)).filter(({ kind }) => kind === 'CustomResourceDefinition');
    expect(crd?.metadata.annotations?.['helm.sh/resource-policy']).toBe(policy);
  });

  it('leaves the definition to another release', async () => {
    const objects = objectsOf(await render({ crds: { enabled: false } }));
    expect(objects.map(({ kind }) => kind)).not.toContain('CustomResourceDefinition');
  });

  it('gives what belongs to no namespace names of its own in each namespace, for two releases in one cluster', async () => {
    const cluster = objectsOf(await render({}, 'monitoring')).filter(
      ({ kind, metadata }) => metadata.namespace === undefined && kind !== 'CustomResourceDefinition',
    );
    expect(cluster.length).toBeGreaterThan(0);
    for (const { metadata } of cluster) expect(metadata.name).toMatch(/^docksnap:docksnap:[a-z]+$/);
  });

  it('passes the strict linter', async () => {
    expect(await helm(['lint', '--strict', chart])).toContain('0 chart(s) failed');
  });

  it.each([
    ['a trial database', {}, true, true],
    ['a MongoDB of your own', { mongodb: { uriSecret: { name: 'mongodb' } } }, false, true],
    ['a definition that goes', { crds: { keep: false } }, true, false],
  ])('notes, with %s, what it is and what outlives an uninstall', async (_sentence, values, isTrial, isKept) => {
    const notes = await notesOf(values);
    expect(notes.includes('The database is a TRIAL')).toBe(isTrial);
    expect(notes.includes("database's volume claim stays")).toBe(isTrial);
    expect(notes.includes('definition and your monitors stay')).toBe(isKept);
  });

  it('notes under which names the console is reached', async () => {
    const console = { ingress: { enabled: true, host: 'docksnap.example.com' } };
    expect(await notesOf({ console })).toContain('or at https://docksnap.example.com.');
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
