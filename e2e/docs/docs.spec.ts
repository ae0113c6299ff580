import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { CHECKOUT } from '../cluster/paths.ts';
import { documents } from './blocks.ts';

const read = (path: string): string => readFileSync(join(CHECKOUT, path), 'utf8');
const manifest = z
  .object({ version: z.string(), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

/** What the groups of a pattern caught, all over a text. */
function all(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map(([, caught = '']) => caught);
}

describe.each(documents)('%s', (name) => {
  const text = read(name);

  it('links to files that are there', () => {
    const links = all(/\]\(([^)#]+)[^)]*\)/g, text).filter((link) => !link.startsWith('https://'));
    expect(links.filter((link) => !existsSync(join(CHECKOUT, dirname(name), link)))).toEqual([]);
  });

  it('names files of the source that are there', () => {
    const paths = all(/`((?:agent|api|operator|console|charts|crds|deploy|e2e|docs)\/[\w./-]*)`/g, text);
    expect(
      paths.filter((path) => !existsSync(join(CHECKOUT, path)) && !existsSync(join(CHECKOUT, `${path}.ts`))),
    ).toEqual([]);
  });

  it('names commands that are there', () => {
    const scripts = [...all(/npm run ([a-z]+)/g, text), ...all(/npm (start|stop|test)\b/g, text)];
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });
});

describe('the README', () => {
  it('shows the monitor that the cluster of npm start gets', () => {
    const shown = all(/```yaml\n([^`]*kind: DockSnapMonitor[^`]*)```/g, read('README.md'));
    const fixture = read('e2e/fixtures/monitor.yaml').replaceAll(/^#.*\n/gm, '');
    expect(shown).toEqual([fixture]);
  });
});

it('one version is everywhere, and the changelog tells of it', () => {
  const chart = z
    .object({ version: z.string(), appVersion: z.string() })
    .parse(parse(read('charts/docksnap/Chart.yaml')));
  expect(chart).toEqual({ version: manifest.version, appVersion: manifest.version });
  expect(all(/^## \[([\d.]+)\] - \d{4}-\d\d-\d\d$/gm, read('CHANGELOG.md'))[0]).toBe(manifest.version);
});
