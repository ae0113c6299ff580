import { describe, expect, it } from '@jest/globals';
import { parseCommand } from './command-line.ts';

const hash = `sha256:${'a'.repeat(64)}`;

describe('parseCommand', () => {
  it.each<[string[], object]>([
    [[], { name: 'run', state: undefined }],
    [['run', '--state', '/x'], { name: 'run', state: '/x' }],
    [['--help'], { name: 'help' }],
    [['join', '-h'], { name: 'help' }],
    [['--version'], { name: 'version' }],
    [
      ['join', 'https://api:8443', '--token', '-', '--ca-cert-hash', hash, '--name', 'n'],
      { name: 'join', token: '-', caCertHash: hash, machineName: 'n', url: new URL('https://api:8443') },
    ],
  ])('%j', (args, command) => {
    expect(parseCommand(args)).toMatchObject(command);
  });

  it.each([
    [['walk'], '"walk" is no command; allowed are join and run (see --help)'],
    [['run', 'far'], '"run far" is no command; allowed are join and run (see --help)'],
    [['join'], 'join takes one address, such as https://192.0.2.7:8443'],
    [['join', 'https://a'], 'join needs --token'],
    [['join', 'http://a', '--token', 't'], 'URL is "http://a"; allowed is an https address'],
    [
      ['join', 'https://a', '--token', 't', '--ca-cert-hash', 'x'],
      '--ca-cert-hash is "x"; allowed is sha256: and 64 hex digits',
    ],
    [['run', '--fast'], "Unknown option '--fast'"],
  ])('%j is refused with a sentence', (args, sentence) => {
    expect(() => parseCommand(args)).toThrow(sentence);
  });
});
