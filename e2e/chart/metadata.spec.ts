import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { parts } from '../images/release/parts.ts';
import { CHECKOUT } from '../cluster/paths.ts';
import { chart } from './render.ts';

const { version, annotations } = z
  .object({ version: z.string(), annotations: z.record(z.string(), z.string()) })
  .parse(parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')));

/** An annotation of Artifact Hub's whose text is YAML (https://artifacthub.io/docs/topics/annotations/helm). */
function annotation(name: string): unknown {
  return parse(annotations[`artifacthub.io/${name}`] ?? '');
}

it('Artifact Hub is told of the images that the chart asks for', () => {
  const platforms = ['linux/amd64', 'linux/arm64'];
  const wanted = parts.map((name) => ({ name, image: `docksnap/${name}:${version}`, platforms }));
  expect(annotation('images')).toEqual(wanted);
});

it('Artifact Hub shows the monitor of the documents', () => {
  expect(annotation('crdsExamples')).toEqual([
    parse(readFileSync(join(CHECKOUT, 'e2e/fixtures/monitor.yaml'), 'utf8')),
  ]);
});

it('Artifact Hub is told what has changed', () => {
  const change = z.strictObject({
    kind: z.enum(['added', 'changed', 'fixed', 'removed', 'security']),
    description: z.string(),
  });
  expect(z.array(change).min(1).parse(annotation('changes')).length).toBeGreaterThan(0);
});
