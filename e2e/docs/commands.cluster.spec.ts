import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';
import { cluster, kubectl } from '../system/support/system.ts';
import { blocksOf, commandsOf, documents, textOf } from './blocks.ts';

/** Commands that change something are run without effect; all others as they stand. */
const changing = ['apply', 'create', 'delete', 'label', 'patch'];
/** Commands that end when somebody ends them, or that only make sense after another one: their object must be there. */
const lasting = ['port-forward', 'rollout', 'logs'];
/** Run by a test of its own. */
const plugin = 'docksnap';

const commands = documents
  .flatMap(commandsOf)
  .filter(({ words }) => words[0] === 'kubectl' && words[1] !== plugin)
  .map(({ document, words }) => ({ document, words: words.slice(1), line: words.join(' ') }));

const plain = 'docksnap-plain';
let folder: string;

/** Files that a reader is asked to have, and the folders of this source that the commands name. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docksnap-docs-'));
  for (const name of ['ca.crt', 'client.pem']) writeFileSync(join(folder, name), name);
  for (const name of ['crds', 'deploy', 'e2e']) symlinkSync(join(CHECKOUT, name), join(folder, name));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function perform(words: readonly string[]): Promise<string> {
  const [verb = ''] = words;
  if (lasting.includes(verb)) {
    const place = words.findIndex((word) => ['-n', '--namespace'].includes(word));
    const object = words.find((word) => word.startsWith('deployment/')) ?? '';
    return kubectl('get', object, '--namespace', words[place + 1] ?? '', '--output', 'name');
  }
  // What is installed by Helm here cannot become the plain install's; below, that is tried in a namespace of its own.
  if (words.includes('-k')) return cluster().kubectl(['kustomize', words.at(-1) ?? ''], { cwd: folder });
  const options = changing.includes(verb) ? ['--dry-run=server'] : [];
  return cluster().kubectl([...words, ...options], { cwd: folder });
}

describe('the documents', () => {
  it.each(commands)('$document: $line', async ({ words }) => {
    await perform(words);
  });

  it('the API server takes every object of deploy/, in a namespace of its own that allows restricted pods alone', async () => {
    const own = join(folder, 'plain');
    mkdirSync(own);
    cpSync(join(CHECKOUT, 'deploy'), join(own, 'deploy'), { recursive: true });
    writeFileSync(join(own, 'kustomization.yaml'), `resources: [deploy]\nnamespace: ${plain}\n`);
    await kubectl('create', 'namespace', plain);
    try {
      const apply = ['apply', '--dry-run=server', '--validate=strict', '--kustomize', own, '--output', 'name'];
      expect(await kubectl(...apply)).toContain('statefulset.apps/docksnap-database');
    } finally {
      await kubectl('delete', 'namespace', plain);
    }
  });

  it('install.md: the overlay names the images of the other registry, those of the agents included', async () => {
    const [overlay = ''] = blocksOf(textOf('docs/install.md'), 'yaml').filter((block) =>
      block.includes('Kustomization'),
    );
    const own = join(folder, 'overlay');
    mkdirSync(own);
    writeFileSync(join(own, 'kustomization.yaml'), overlay.replace('../deploy', './deploy'));
    cpSync(join(CHECKOUT, 'deploy'), join(own, 'deploy'), { recursive: true });
    const text = await cluster().kubectl(['kustomize', own]);
    const images = [...text.matchAll(/(?:image: |value: )(\S*docksnap\/[a-z-]+:\S+)/g)].map(([, image = '']) => image);
    expect(images.sort()).toEqual(
      ['agent', 'api', 'operator', 'trial-database'].map((part) => `registry.example.com/team/docksnap/${part}:0.1.0`),
    );
  });
});
