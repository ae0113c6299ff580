import * as z from 'zod';

/** The part of JSON Schema (draft 2020-12) that the chart's schema uses to describe. */
interface Described {
  readonly description?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly properties?: Readonly<Record<string, Described>> | undefined;
  readonly $ref?: string | undefined;
}

const described: z.ZodType<Described> = z.lazy(() =>
  z.looseObject({
    description: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.string()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    properties: z.record(z.string(), described).optional(),
    $ref: z.string().optional(),
  }),
);
const schemaSchema = z.looseObject({
  properties: z.record(z.string(), described),
  $defs: z.record(z.string(), described),
});

/** Read by Helm, not by the chart. */
const HELMS = 'global';

interface Row {
  readonly path: string;
  readonly value: unknown;
  readonly meaning: string;
}

/**
 * The chart's values as a Markdown table: path, default, and what the schema says of it.
 * @throws when a value is described by nobody, or what is described has no default
 */
export function valuesTable(schema: unknown, defaults: unknown): string {
  const { properties, $defs } = schemaSchema.parse(schema);
  const own = Object.entries(properties).filter(([name]) => name !== HELMS);
  const rows = own.flatMap(([name, one]) => rowsOf(name, one, valueAt(defaults, name), $defs));
  const lines = rows.map(({ path, value, meaning }) => `| \`${path}\` | \`${shown(value)}\` | ${meaning} |`);
  return ['| value | default | meaning |', '| --- | --- | --- |', ...lines].join('\n');
}

function rowsOf(path: string, one: Described, value: unknown, defs: Readonly<Record<string, Described>>): Row[] {
  const target =
    one.$ref === undefined ? one : { ...defs[one.$ref.replace('#/$defs/', '')], description: one.description };
  const { description, properties } = target;
  if (description === undefined) throw new Error(`values.schema.json does not describe ${path}`);
  if (properties === undefined || Object.keys(properties).length === 0 || isFree(path)) {
    if (value === undefined) throw new Error(`values.yaml has no default for ${path}`);
    return [{ path, value, meaning: `${description}${limits(target)}`.replaceAll('|', '\\|') }];
  }
  return Object.entries(properties).flatMap(([name, inner]) =>
    rowsOf(`${path}.${name}`, inner, valueAt(value, name), defs),
  );
}

/** Shown in one row: what a container says of its resources. */
function isFree(path: string): boolean {
  return path.endsWith('.resources');
}

function limits({ enum: names, minimum, maximum }: Described): string {
  if (names !== undefined) return ` One of ${names.filter((name) => name !== '').join(', ')}.`;
  return minimum === undefined || maximum === undefined ? '' : ` ${minimum} to ${maximum}.`;
}

function valueAt(value: unknown, name: string): unknown {
  return z.record(z.string(), z.unknown()).parse(value)[name];
}

function shown(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}
