import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { chart } from './render.ts';
import { valuesTable } from './values-table.ts';

const readme = join(chart, 'README.md');
const read = (name: string): string => readFileSync(join(chart, name), 'utf8');

describe('valuesTable', () => {
  const schema = {
    properties: {
      api: { description: 'The API.', properties: { replicas: { description: 'How many.', minimum: 1, maximum: 9 } } },
      labels: { $ref: '#/$defs/labels', description: 'Labels of all.' },
    },
    $defs: { labels: { description: 'Labels.', type: 'object' } },
  };

  it('tells path, default, meaning and limits of each value', () => {
    expect(
      valuesTable(schema, { api: { replicas: 1 }, labels: {} })
        .split('\n')
        .slice(2),
    ).toEqual(['| `api.replicas` | `1` | How many. 1 to 9. |', '| `labels` | `{}` | Labels of all. |']);
  });

  it('refuses a value without a default', () => {
    expect(() => valuesTable(schema, { api: {}, labels: {} })).toThrow('values.yaml has no default for api.replicas');
  });

  it('refuses one that nobody describes', () => {
    expect(() => valuesTable({ properties: { api: {} }, $defs: {} }, { api: 1 })).toThrow('does not describe api');
  });
});

it("the chart's README tells every value", async () => {
  const table = valuesTable(JSON.parse(read('values.schema.json')), parse(read('values.yaml')));
  const [head = ''] = read('README.md').split('<!-- values -->');
  const options = (await resolveConfig(readme)) ?? {};
  const whole = await format(`${head}<!-- values -->\n\n${table}\n`, { ...options, parser: 'markdown' });
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(readme, whole);
  expect(read('README.md')).toBe(whole);
});
