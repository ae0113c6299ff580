import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { monitorTypes } from '../monitor-types.ts';
import { monitorReference } from '../reference.ts';

const crdYaml = readFileSync(new URL('../../crds/docksnapmonitors.yaml', import.meta.url), 'utf8');

interface Field {
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, Field>> | undefined;
  readonly items?: Field | undefined;
}
const field: z.ZodType<Field> = z.lazy(() =>
  z.object({
    description: z.string().optional(),
    properties: z.record(z.string(), field).optional(),
    items: field.optional(),
  }),
);
const versions = z.object({
  schema: z.object({ openAPIV3Schema: z.object({ properties: z.object({ spec: field, status: field }) }) }),
});
const crd = z.object({ spec: z.object({ versions: z.array(versions) }) });

/** Every field below this one with its path. */
function fieldsOf(parent: Field, path: string): [string, Field][] {
  const below = Object.entries(parent.properties ?? parent.items?.properties ?? {});
  return below.flatMap(([name, child]) => [
    [`${path}.${name}`, child] as [string, Field],
    ...fieldsOf(child, `${path}.${name}`),
  ]);
}

describe('the definition of DockSnapMonitor', () => {
  const { spec = {}, status = {} } =
    crd.parse(parse(crdYaml)).spec.versions[0]?.schema.openAPIV3Schema.properties ?? {};

  it('is what the committed types were generated from', async () => {
    const committed = readFileSync(new URL('generated/monitor.ts', import.meta.url), 'utf8');
    expect(await monitorTypes(crdYaml)).toBe(committed);
  });

  it('is what the committed reference page was generated from', () => {
    const committed = readFileSync(new URL('../../docs/reference/docksnapmonitor.md', import.meta.url), 'utf8');
    expect(monitorReference(crdYaml)).toBe(committed);
  });

  it('has every field of spec and status on the reference page', () => {
    const page = monitorReference(crdYaml);
    const paths = [...fieldsOf(spec, 'spec'), ...fieldsOf(status, 'status')].map(([path]) => path);
    // An entry of a list is written with brackets there.
    const titles = new Set([...page.matchAll(/^### `(.+)`$/gm)].map(([, title = '']) => title.replaceAll('[]', '')));
    expect(paths.filter((path) => !titles.has(path))).toEqual([]);
  });

  it('describes every field for `kubectl explain`', () => {
    const fields = [...fieldsOf(spec, 'spec'), ...fieldsOf(status, 'status')];
    expect(fields.length).toBeGreaterThan(70);
    expect(fields.filter(([, { description = '' }]) => description.length < 5).map(([path]) => path)).toEqual([]);
  });

  it('is far from the 262,144 bytes that `kubectl apply` can annotate', () => {
    expect(Buffer.byteLength(crdYaml)).toBeLessThan(65_536);
  });
});
