import { compile } from 'json-schema-to-typescript';
import { parse } from 'yaml';
import * as z from 'zod';

interface Schema {
  [key: string]: unknown;
  properties?: Record<string, Schema> | undefined;
  items?: Schema | undefined;
  additionalProperties?: Schema | undefined;
  required?: string[] | undefined;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    properties: z.record(z.string(), schema).optional(),
    items: schema.optional(),
    additionalProperties: schema.optional(),
    required: z.array(z.string()).optional(),
  }),
);

const crd = z.object({
  spec: z.object({
    versions: z.tuple([
      z.object({
        schema: z.object({ openAPIV3Schema: z.object({ properties: z.object({ spec: schema, status: schema }) }) }),
      }),
    ]),
  }),
});

const banner = '// Generated from crds/docksnapmonitors.yaml by `npm run generate`: change that.\n';

/**
 * The types of a stored DockSnapMonitor's spec and status. The API server has filled in defaults, so a field that has
 * one is always there.
 * @param yaml the CustomResourceDefinition
 */
export async function monitorTypes(yaml: string): Promise<string> {
  const { spec, status } = crd.parse(parse(yaml)).spec.versions[0].schema.openAPIV3Schema.properties;
  const parts = [
    await compile(asStored(spec), 'DockSnapMonitorSpec', options),
    await compile(asStored(status), 'DockSnapMonitorStatus', options),
  ];
  return banner + parts.join('\n');
}

const options = {
  bannerComment: '',
  additionalProperties: false,
  format: false,
  // Lengths become tuples of every size otherwise.
  ignoreMinAndMaxItems: true,
} as const;

/** The schema without what speaks to the API server alone, and with defaulted fields required. */
function asStored(given: Schema): Schema {
  const { properties, items, additionalProperties, required = [], ...rest } = given;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('x-')));
  if (given['x-kubernetes-int-or-string'] === true)
    return { description: given['description'], type: ['integer', 'string'] };
  if (given['x-kubernetes-preserve-unknown-fields'] === true) return { ...kept, additionalProperties: {} };
  const defaulted = Object.entries(properties ?? {}).filter(([, property]) => 'default' in property);
  return {
    ...kept,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, asStored(property)])),
      required: [...new Set([...required, ...defaulted.map(([name]) => name)])],
    }),
    ...(items && { items: asStored(items) }),
    ...(additionalProperties && { additionalProperties: asStored(additionalProperties) }),
  };
}
