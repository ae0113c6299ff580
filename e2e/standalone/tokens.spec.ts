import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseCommand as parseAgentCommand } from '../../agent/src/cli/command-line.ts';
import { BenchApi } from '../bench/api/bench-api.ts';
import { parseCommand } from './command-line.ts';
import { asAdmin, invite, joinLine, readToken } from './tokens.ts';

jest.setTimeout(180_000);

let folder: string;
let api: BenchApi | undefined;
let origin: string;
const at = (name: string) => ({ password: join(folder, name) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docksnap-tokens-'));
  const { url, password } = (api = await BenchApi.start(folder));
  origin = url;
  await writeFile(at('right').password, password);
  await writeFile(at('wrong').password, 'another password');
});

afterAll(async () => {
  await api?.end();
  await rm(folder, { recursive: true });
});

describe('tokens of the stand-alone DockSnap', () => {
  it('let a machine join by a line that the agent understands', async () => {
    const invitation = await invite(await asAdmin(origin, at('right')));
    const [program, file, ...args] = joinLine(invitation, 8443).split(' ');
    expect([program, file]).toEqual(['node', 'docksnap-agent.mjs']);
    expect(parseAgentCommand(args)).toMatchObject({
      name: 'join',
      url: new URL('https://127.0.0.1:8443'),
      token: invitation.token,
      caCertHash: invitation.caCertHash,
    });
    expect(invitation.caCertHash).toMatch(/^sha256:/);
  });

  it('read', async () => {
    const token = await readToken(await asAdmin(origin, at('right')));
    const answer = await fetch(`${origin}/api/v1/nodes`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(60_000),
    });
    expect(answer.status).toBe(200);
  });

  it('are not made where the password is not the first any more', async () => {
    await expect(asAdmin(origin, at('wrong'))).rejects.toThrow(/answered 401: was the password of .*wrong changed/);
  });
});

describe('the line', () => {
  const made = { token: 'dsj_t', expiresAtMs: 0, url: 'https://192.0.2.7:8443', caCertHash: null };

  it('names the address that the API knows of itself, and no authority where all know it', () => {
    expect(joinLine(made, 1)).toBe('node docksnap-agent.mjs join https://192.0.2.7:8443 --token dsj_t');
  });
});

describe('the command line', () => {
  it.each([
    [['token'], { name: 'token' }],
    [['read-token'], { name: 'read-token' }],
    [['stop', '--wipe'], { name: 'stop', wipe: true }],
    [['--port', '65535'], { name: 'start', port: 65_535 }],
  ])('%j', (args, expected) => {
    expect(parseCommand(args)).toEqual(expected);
  });

  it.each([
    [['tokens'], '"tokens" is no command; allowed are start, status, stop, token and read-token'],
    [['token', 'x'], '"x" is too much'],
    [['--port', '65536'], '--port is "65536"'],
  ])('%j is refused with a sentence', (args, sentence) => {
    expect(() => parseCommand(args)).toThrow(sentence);
  });
});
