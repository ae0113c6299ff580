import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { chart, helm, render } from '../chart/render.ts';
import { HELM_TIMEOUT_MS } from '../chart/values.ts';
import { blocksOf, commandsOf, documents, textOf, wordsOf } from './blocks.ts';

const commands = documents.flatMap(commandsOf);
const known = ['npm', 'helm', 'kubectl'];
/** MongoDB's own tools come from no package registry: only its guide may show them, and it says that they did not run. */
const unrun = {
  document: 'docs/mongodb.md',
  programs: ['mongodump', 'mongorestore'],
  saysSo: 'was not run in its tests',
};
const of = (program: string) =>
  commands.filter(({ words }) => words[0] === program).map((one) => ({ ...one, line: one.words.join(' ') }));

describe('wordsOf', () => {
  it.each([
    ['kubectl get dsm -A   # all', ['kubectl', 'get', 'dsm', '-A']],
    ["helm install x --set 'a=b c'", ['helm', 'install', 'x', '--set', 'a=b c']],
    ['kubectl get secret x | base64 -d', ['kubectl', 'get', 'secret', 'x']],
    ['', []],
  ])('%s', (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });
});

describe('the documents', () => {
  it('show commands of programs that a test runs', () => {
    const others = commands.filter(({ words }) => !known.includes(words[0] ?? ''));
    expect(
      others.filter(({ document, words }) => document !== unrun.document || !unrun.programs.includes(words[0] ?? '')),
    ).toEqual([]);
    expect(textOf(unrun.document)).toContain(unrun.saysSo);
  });

  it.each(of('helm').filter(({ words }) => ['install', 'upgrade'].includes(words[1] ?? '')))(
    '$document: $line renders',
    async ({ words }) => {
      const [, , release = '', shown = '', ...flags] = words;
      const own = flags.filter((flag) => !/^--(?:create-namespace|re.*-values|install)$/.test(flag));
      expect(shown).toMatch(/^(?:charts\/docksnap|docksnap-[\d.]+\.tgz)$/);
      expect(await helm(['template', release, chart, ...own])).toContain('kind: Deployment');
    },
    HELM_TIMEOUT_MS,
  );

  it.each(of('helm').filter(({ words }) => !['install', 'upgrade'].includes(words[1] ?? '')))(
    '$document: $line is one that Helm knows, with its flags',
    async ({ words }) => {
      const [, name = '', ...rest] = words;
      const flags = rest.filter((word) => word.startsWith('-')).map((flag) => flag.split('=')[0] ?? '');
      const help = await helm([name, '--help']);
      for (const flag of flags) expect(help).toContain(flag);
    },
  );

  it.each(blocksOf(textOf('docs/configuration.md'), 'yaml').map((block) => ({ block, first: block.split('\n')[0] })))(
    'the values of docs/configuration.md that begin with $first are ones that the chart takes',
    async ({ block }) => {
      const values: unknown = parse(block);
      if (typeof values !== 'object' || values === null) throw new Error(`no values: ${block}`);
      expect(await render(values)).toContain('kind: Deployment');
    },
  );
});
