import { describe, expect, it } from '@jest/globals';
import { commandNames, parseCommand } from './command-line.ts';
import { completions } from './completion.ts';
import { helps } from './helps.ts';

describe('parseCommand', () => {
  const where = { namespace: undefined, context: undefined, kubeconfig: undefined };

  it.each([
    [[], { name: 'help', of: 'docksnap' }],
    [['status'], { name: 'status', where, format: 'table' }],
    [['status', '-o', 'json', '-n', 'a'], { name: 'status', where: { ...where, namespace: 'a' }, format: 'json' }],
    [['diagnose', 'node1', '--context', 'c'], { name: 'diagnose', where: { ...where, context: 'c' }, node: 'node1' }],
    [['support-bundle', '-f', 'x.tar.gz'], { name: 'support-bundle', where, file: 'x.tar.gz' }],
    [['open', '--no-browser'], { name: 'open', where, browser: false }],
    [['status', '--help'], { name: 'help', of: 'status' }],
    [['completion', '-h'], { name: 'help', of: 'completion' }],
    [['completion', 'zsh'], { name: 'completion', shell: 'zsh' }],
  ])('%j', (args, command) => {
    expect(parseCommand(args)).toEqual(command);
  });

  it.each([
    [['stats'], 'there is no command stats: status, diagnose'],
    [['status', '-o', 'xml'], '--output xml is not allowed: table, wide, json, yaml'],
    [['status', 'node1'], 'status does not take node1'],
    [['diagnose', 'a', 'b'], 'diagnose does not take b'],
    [['open', '--browser'], "Unknown option '--browser'"],
    [['completion'], 'completion needs the name of a shell: bash, zsh, fish'],
  ])('%j is refused, in words', (args, words) => {
    expect(() => parseCommand(args)).toThrow(words);
  });
});

it('every command has a help with an example and the exit statuses', () => {
  for (const name of commandNames) expect(helps[name]).toMatch(/kubectl docksnap \S+.*\n\n {2}\S+[^]*$/);
  for (const name of ['docksnap', 'status', 'diagnose'] as const) expect(helps[name]).toContain('Exit status: 0');
});

describe('completions', () => {
  it.each([
    [['st'], ['status']],
    [
      ['status', '-o', ''],
      ['table', 'wide', 'json', 'yaml'],
    ],
    [['status', '--o'], ['--output']],
    [
      ['open', '--n'],
      ['--no-browser', '--namespace'],
    ],
    [['completion', 'f'], ['fish']],
    [['diagnose', 'x'], []],
  ])('%j', (words, wanted) => {
    expect(completions(words)).toEqual(wanted);
  });
});
