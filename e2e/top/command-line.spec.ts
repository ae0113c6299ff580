import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { stepOf } from './ask.ts';
import { parseCommand } from './command-line.ts';
import { connectionOf } from './connection.ts';

const byDefault = { sort: 'cpu', node: undefined, intervalSeconds: 5, isOnce: false, isJson: false };

describe('the arguments', () => {
  it.each([
    [[], {}],
    [['--sort', 'memory', '--node', 'node-1'], { sort: 'memory', node: 'node-1' }],
    [['--interval', '2', '--once', '--json'], { intervalSeconds: 2, isOnce: true, isJson: true }],
    [['--interval', '10'], { intervalSeconds: 10 }],
  ])('%j', (args, differences) => {
    expect(parseCommand(args)).toEqual({ name: 'top', asked: { ...byDefault, ...differences } });
  });

  it('ask for help', () => {
    expect(parseCommand(['--once', '-h'])).toEqual({ name: 'help' });
  });

  it.each([
    [['--sort', 'size'], '--sort is "size"; allowed are cpu, memory, name'],
    [['--interval', '1'], '--interval is "1"; allowed are whole seconds from 2 to 10'],
    [['--interval', '11'], '--interval is "11"'],
    [['--node', ''], '--node is empty'],
    [['--token', 'x'], "Unknown option '--token'"],
    [['node-1'], "Unexpected argument 'node-1'"],
  ])('%j is refused with a sentence', (args, sentence) => {
    expect(() => parseCommand(args)).toThrow(sentence);
  });
});

describe('the connection', () => {
  const token = `dsr_0123456789abcdef_${'x'.repeat(43)}`;
  const folder = mkdtempSync(join(tmpdir(), 'docksnap-top-'));
  const file = join(folder, 'token');
  writeFileSync(file, `${token}\n`);
  const here = 'http://127.0.0.1:8080/';

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a token', { DOCKSNAP_URL: here, DOCKSNAP_TOKEN: token }, 'http://127.0.0.1:8080'],
    [
      'a file of a token',
      { DOCKSNAP_URL: 'https://docksnap.example', DOCKSNAP_TOKEN_FILE: file },
      'https://docksnap.example',
    ],
  ])('is made of %s', (_sentence, env, origin) => {
    expect(connectionOf(env)).toEqual({ origin, token });
  });

  it.each([
    ['no address', {}, 'DOCKSNAP_URL is ""'],
    ['an address that is none', { DOCKSNAP_URL: 'docksnap' }, 'DOCKSNAP_URL is "docksnap"'],
    ['http over a network', { DOCKSNAP_URL: 'http://192.0.2.7' }, 'by http to this machine alone'],
    ['no token', { DOCKSNAP_URL: here }, 'no read token'],
    ['two tokens', { DOCKSNAP_URL: here, DOCKSNAP_TOKEN: token, DOCKSNAP_TOKEN_FILE: file }, 'both set'],
    ['another token', { DOCKSNAP_URL: here, DOCKSNAP_TOKEN: 'dsj_secret' }, 'DOCKSNAP_TOKEN holds no read token'],
    ['a file that is not there', { DOCKSNAP_URL: here, DOCKSNAP_TOKEN_FILE: `${file}s` }, /cannot be read: .*ENOENT/],
  ])('is refused with %s', (_sentence, env, sentence) => {
    expect(() => connectionOf(env)).toThrow(sentence);
  });

  it('never says a token that is not good', () => {
    expect(() => connectionOf({ DOCKSNAP_URL: here, DOCKSNAP_TOKEN: 'dsj_secret' })).not.toThrow('secret');
  });
});

describe('an answer that did not come', () => {
  const failed = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('words'), { code }) });

  it.each([
    ['ENOTFOUND', 'cannot resolve docksnap.example'],
    ['ECONNREFUSED', 'cannot connect to https://docksnap.example'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS: the certificate of https://docksnap.example'],
    ['ECONNRESET', 'broke off: words'],
  ])('for %s names the step', (code, sentence) => {
    expect(stepOf(failed(code), new URL('https://docksnap.example'))).toContain(sentence);
  });

  it('in time is named', () => {
    const late = new DOMException('late', 'TimeoutError');
    expect(stepOf(late, new URL('https://docksnap.example'))).toContain('did not answer within 15 s');
  });
});
