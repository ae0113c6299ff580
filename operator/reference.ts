import { parse } from 'yaml';
import * as z from 'zod';

interface Schema {
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly maxProperties?: number | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Schema | undefined;
  readonly additionalProperties?: Schema | undefined;
  readonly 'x-kubernetes-int-or-string'?: boolean | undefined;
  readonly 'x-kubernetes-list-type'?: string | undefined;
  readonly 'x-kubernetes-validations'?: readonly { readonly message: string }[] | undefined;
}

const text = z.string().optional();
const number = z.number().optional();
const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: text,
    format: text,
    description: text,
    default: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    minimum: number,
    maximum: number,
    minLength: number,
    maxLength: number,
    pattern: text,
    minItems: number,
    maxItems: number,
    maxProperties: number,
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    additionalProperties: schema.optional(),
    'x-kubernetes-int-or-string': z.boolean().optional(),
    'x-kubernetes-list-type': text,
    'x-kubernetes-validations': z.array(z.object({ message: z.string() })).optional(),
  }),
);

const column = z.object({ name: z.string(), description: z.string().default(''), priority: z.number().default(0) });
const version = z.object({
  additionalPrinterColumns: z.array(column),
  schema: z.object({
    openAPIV3Schema: z.object({
      description: z.string(),
      properties: z.object({ spec: schema, status: schema }),
      'x-kubernetes-validations': z.array(z.object({ message: z.string() })),
    }),
  }),
});
const definition = z.object({ spec: z.object({ versions: z.tuple([version]) }) });

/**
 * The reference page of DockSnapMonitor, as Markdown.
 * @param yaml the CustomResourceDefinition
 */
export function monitorReference(yaml: string): string {
  const [{ additionalPrinterColumns, schema: kept }] = definition.parse(parse(yaml)).spec.versions;
  const { description, properties, 'x-kubernetes-validations': rules } = kept.openAPIV3Schema;
  const parts = [
    '<!-- Generated from crds/docksnapmonitors.yaml by `npm run generate`: change that. -->',
    '# DockSnapMonitor',
    '`docksnap.io/v1`, namespaced, short name `dsm`. The same text, at a shell: `kubectl explain dsm.spec --recursive`.',
    description,
    ...rules.map(({ message }) => `- ${message}`),
    '## Spec',
    ...rulesOf(properties.spec),
    ...fields(properties.spec, 'spec'),
    '## Status',
    properties.status.description ?? '',
    ...fields(properties.status, 'status'),
    '## Columns of `kubectl get dsm`',
    'Those marked wide are shown with `-o wide`.',
    [
      '| column | shows |',
      '| --- | --- |',
      ...additionalPrinterColumns.map(({ name, description: shows, priority }) => {
        return `| ${name}${priority > 0 ? ' (wide)' : ''} | ${cell(shows)} |`;
      }),
    ].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A section for each field below, in the order of the definition; objects before what is in them. */
function fields(parent: Schema, path: string): string[] {
  return Object.entries(parent.properties ?? {}).flatMap(([name, child]) => {
    const at = `${path}.${name}`;
    const inside = child.items ?? child;
    const below = inside.properties === undefined ? [] : fields(inside, child.items ? `${at}[]` : at);
    return [section(at, child, parent.required?.includes(name) ?? false), ...below];
  });
}

/** What the rules of these say, as one list; nothing when they have none. */
function rulesOf(...schemas: readonly (Schema | undefined)[]): string[] {
  const rules = schemas.flatMap((one) => one?.['x-kubernetes-validations'] ?? []);
  return rules.length === 0 ? [] : [rules.map(({ message }) => `- ${message}`).join('\n')];
}

function section(path: string, field: Schema, isRequired: boolean): string {
  const facts = [
    `Type: ${typeOf(field)}`,
    ...(isRequired ? ['needed'] : []),
    ...(field.default === undefined ? [] : [`default: ${code(field.default)}`]),
    ...boundsOf(field),
  ];
  return [
    `### \`${path}\``,
    field.description ?? '',
    `${facts.join('; ')}.`,
    ...rulesOf(field, field.items, field.additionalProperties),
  ].join('\n\n');
}

function typeOf(field: Schema): string {
  if (field['x-kubernetes-int-or-string'] === true) return 'integer or string';
  if (field.items !== undefined) {
    return `${field['x-kubernetes-list-type'] === 'set' ? 'set' : 'list'} of ${typeOf(field.items)}`;
  }
  if (field.additionalProperties !== undefined) return `map of ${typeOf(field.additionalProperties)}`;
  return field.format === 'date-time' ? 'time' : (field.type ?? 'any');
}

function boundsOf(field: Schema): string[] {
  const of = field.items ?? field.additionalProperties ?? field;
  return [
    ...(of.enum === undefined ? [] : [`one of ${of.enum.map(code).join(', ')}`]),
    ...range('from', field.minimum, 'to', field.maximum, ''),
    ...range('at least', field.minItems, 'at most', field.maxItems ?? field.maxProperties, ' entries'),
    ...range('at least', of.minLength, 'at most', of.maxLength, ' characters'),
    ...(of.pattern === undefined ? [] : [`matches \`${of.pattern}\``]),
  ];
}

function range(least: string, from: number | undefined, most: string, to: number | undefined, of: string): string[] {
  const ends = [from === undefined ? '' : `${least} ${from}`, to === undefined ? '' : `${most} ${to}`];
  const known = ends.filter((end) => end !== '');
  return known.length === 0 ? [] : [`${known.join(known.length > 1 && of !== '' ? ', ' : ' ')}${of}`];
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function cell(words: string): string {
  return words.replaceAll('|', '\\|');
}
