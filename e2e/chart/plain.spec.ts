import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';
import { plainManifests } from './plain.ts';
import { keysOf } from './references.ts';
import { objectsOf, render } from './render.ts';
import { HELM_TIMEOUT_MS } from './values.ts';

const read = (name: string): string => readFileSync(join(CHECKOUT, name), 'utf8');

/** UPDATE_GOLDEN=1 writes the file anew: read the difference before you commit it. */
function kept(name: string, actual: string): string {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(CHECKOUT, name), actual);
  return read(name);
}

describe('deploy/', () => {
  it(
    'is what the chart makes, without what only Helm understands',
    async () => {
      const plain = await plainManifests();
      expect(plain).toBe(kept('deploy/docksnap.yaml', plain));
      expect(plain).not.toMatch(/helm/i);
    },
    HELM_TIMEOUT_MS,
  );

  it('leaves out hooks alone', async () => {
    const whole = objectsOf(await render()).filter(
      ({ kind, metadata }) =>
        kind !== 'CustomResourceDefinition' && metadata.annotations?.['helm.sh/hook'] === undefined,
    );
    expect(keysOf(objectsOf(read('deploy/docksnap.yaml'))).sort()).toEqual(keysOf(whole).sort());
  });

  it('has the definition of the monitor as it stands in crds/', () => {
    const definition = read('crds/docksnapmonitors.yaml');
    expect(kept('deploy/docksnapmonitors.yaml', definition)).toBe(definition);
  });
});
