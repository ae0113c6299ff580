import * as z from 'zod';

const schemaSchema = z.record(z.string(), z.unknown());

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['query', 'path', 'header', 'cookie']),
  schema: schemaSchema.default({}),
});

const operationSchema = z.object({
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: schemaSchema })) }).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
});

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaSchema) }),
});

export type JsonSchema = z.infer<typeof schemaSchema>;

/** One thing that the API can be asked, as it says itself. */
export interface Operation {
  readonly method: string;
  /** With `{names}`. */
  readonly path: string;
  readonly parameters: readonly z.infer<typeof parameterSchema>[];
  /** Of a body in JSON. */
  readonly body: JsonSchema | undefined;
  /** Who may ask: names of security schemes; nobody is named for what is open to all. */
  readonly security: readonly string[];
}

/** Every operation of an OpenAPI document, with `$ref`s resolved at the top of bodies. */
export function operationsOf(document: unknown): readonly Operation[] {
  const { paths, components } = documentSchema.parse(document);
  const resolved = (schema: JsonSchema | undefined): JsonSchema | undefined => {
    const name = typeof schema?.['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
    return name === undefined ? schema : components.schemas[name];
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, security }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: resolved(requestBody?.content['application/json']?.schema),
      security: security.flatMap((each) => Object.keys(each)),
    })),
  );
}

/** A path with its names filled in; those not given are `x`. */
export function filled(path: string, values: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? 'x'));
}
