import fc from 'fast-check';
import type { JsonSchema } from './operations.ts';

/** Texts that have broken something somewhere. */
export const badTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\n',
  '%00',
  '%',
  '0',
  '-0',
  '-1',
  '1.5',
  '0x10',
  '1e300',
  '9'.repeat(400),
  '8640000000000001',
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  'true',
  '[]',
  '{}',
  '{"$gt":""}',
  '$where',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '~~',
  'a~b~c',
  'uid~x',
  'a/b/c',
  '//',
  '*',
  '(a+)+$',
  '💥',
  '\ud800',
  "' or 1=1 --",
  '=1+1',
  'yesterday',
  '2026-11-24',
  '10m',
  'x'.repeat(5000),
];

/** A text for a parameter: now and then as its schema wants it, else anything. */
export function parameterText(schema: JsonSchema): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fittingText(schema) },
    { weight: 3, arbitrary: fc.constantFrom(...badTexts) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
  );
}

function fittingText(schema: JsonSchema): fc.Arbitrary<string> {
  const { enum: choices, type } = schema;
  if (Array.isArray(choices)) return fc.constantFrom(...choices.map(String));
  if (type !== 'integer' && type !== 'number')
    return fc.constantFrom('shop', 'node-1', 'cpuCores', 'shop/Deployment/web');
  return fc.integer({ min: numberOf(schema['minimum'], 0), max: numberOf(schema['maximum'], 2 ** 31) }).map(String);
}

/** A body: fields of the schema with values of any kind, and JSON that has nothing to do with it. */
export function bodyText(schema: JsonSchema): fc.Arbitrary<string> {
  const { properties } = schema;
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(...badTexts, { $ne: 1 }, [[]], 1e308, -1));
  const fields = names.map((name) =>
    fc.option(value, { nil: undefined }).map((each): [string, unknown] => [name, each]),
  );
  return fc.oneof(
    fc.tuple(...fields).map((entries) => JSON.stringify(Object.fromEntries(entries))),
    fc.json(),
    fc.constantFrom(...badTexts, '{"__proto__":{"scope":{"kind":"all"}}}', '{"constructor":{"prototype":{"x":1}}}'),
  );
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? Math.max(-(2 ** 31), Math.min(value, 2 ** 53 - 1)) : otherwise;
}
