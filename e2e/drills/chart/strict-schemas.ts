import * as z from 'zod';

/** A definition of Kubernetes' OpenAPI document, as far as it is looked at here. */
const definition = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  format: z.string().optional(),
  'x-kubernetes-group-version-kind': z
    .array(z.object({ group: z.string(), version: z.string(), kind: z.string() }))
    .optional(),
});
const document = z.object({ definitions: z.record(z.string(), definition) });
type Definition = z.infer<typeof definition>;

const definitionsFile = '_definitions.json';

/**
 * JSON schemas by file, as kubeconform looks for them (`{{.ResourceKind}}{{.KindSuffix}}.json`), of an OpenAPI document of
 * Kubernetes (its `api/openapi-spec/swagger.json`): what a definition does not name is refused.
 */
export function strictSchemas(openApi: unknown): ReadonlyMap<string, unknown> {
  const { definitions } = document.parse(openApi);
  const strict = Object.entries(definitions).map(([name, one]) => [name, strictly(one)] as const);
  const files = new Map<string, unknown>([[definitionsFile, { definitions: Object.fromEntries(strict) }]]);
  for (const [name, { 'x-kubernetes-group-version-kind': kinds = [] }] of Object.entries(definitions)) {
    for (const { group, version, kind } of kinds) {
      const words = [kind, ...(group === '' ? [] : [group.split('.')[0] ?? '']), version];
      files.set(`${words.join('-').toLowerCase()}.json`, { $ref: referenceTo(name) });
    }
  }
  return files;
}

function strictly(one: Definition): unknown {
  // Kubernetes calls it a string and takes numbers as well.
  if (one.format === 'int-or-string') return { anyOf: [{ type: 'string' }, { type: 'integer' }] };
  const isClosed = one.properties !== undefined && one.additionalProperties === undefined;
  return pointed({ ...one, ...(isClosed && { additionalProperties: false }) });
}

/** The same with references that lead into the file of definitions. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]: [string, unknown]) => {
      const isReference = name === '$ref' && typeof inside === 'string';
      return [name, isReference ? referenceTo(inside.replace('#/definitions/', '')) : pointed(inside)];
    }),
  );
}

function referenceTo(name: string): string {
  return `${definitionsFile}#/definitions/${name}`;
}
