import { createPublicKey, generateKeyPairSync, X509Certificate, createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { machineTokens, newMachineSchema } from '@docksnap/contract';
import { jwtVerify } from 'jose';
import { joinCommand } from '../cli/join-command.ts';
import { type Certificate, selfSigned } from '../testing/certificates.ts';
import { close, listen } from '../testing/kubelet-server.ts';
import { join } from './join.ts';
import { readMachine, writeMachine } from './machine.ts';
import { machineToken } from './machine-token.ts';

let certificate: Certificate;
let hash: string;
let server: Server;
let url: URL;
let requests: { path: string; authorization: string | undefined; body: unknown }[];
let answer: { status: number; body: unknown };

beforeAll(() => {
  certificate = selfSigned('localhost');
  const key = new X509Certificate(certificate.cert).publicKey.export({ type: 'spki', format: 'der' });
  hash = `sha256:${createHash('sha256').update(key).digest('hex')}`;
});

beforeEach(async () => {
  requests = [];
  answer = { status: 201, body: { id: '0123456789abcdef', name: 'dock-1', joinedAtMs: 0, invitedBy: 'admin' } };
  server = createServer({ cert: certificate.cert, key: certificate.key }, (request, response) => {
    void textOf(request).then((text) => {
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      const isAuthority = request.url?.endsWith('/authority') === true;
      const { status, body: said } = isAuthority ? { status: 200, body: { certificate: certificate.cert } } : answer;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    });
  });
  url = new URL((await listen(server, 'https')).href.replace('127.0.0.1', 'localhost'));
});

afterEach(async () => {
  await close(server);
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of request) chunks.push(String(chunk));
  return chunks.join('');
}

const asked = () => ({ url, token: 'dsj_canary', name: 'my-host', caCertHash: hash });

describe('join', () => {
  it('checks the authority by its hash, then shows the token and a key of its own', async () => {
    const machine = await join(asked());
    expect(machine).toMatchObject({ id: '0123456789abcdef', name: 'dock-1', url: url.origin, ca: certificate.cert });
    expect(requests.map(({ path: asks, authorization }) => [asks, authorization])).toEqual([
      ['/api/v1/machines/authority', undefined],
      ['/api/v1/machines', 'Bearer dsj_canary'],
    ]);
    const { name, publicKey } = newMachineSchema.parse(requests[1]?.body);
    expect([name, publicKey]).toEqual(['my-host', createPublicKey(machine.keyPem).export({ format: 'jwk' }).x]);
  });

  it('shows the token to nobody whose authority has another hash', async () => {
    const wanted = `sha256:${'0'.repeat(64)}`;
    await expect(join({ ...asked(), caCertHash: wanted })).rejects.toThrow(`and not ${wanted}: it is another API`);
    expect(requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('shows the token to nobody whose certificate is not trusted, where no hash was given', async () => {
    await expect(join({ ...asked(), caCertHash: undefined })).rejects.toThrow(
      /^TLS: the certificate of https:\/\/localhost:\d+ is not trusted \(give the --ca-cert-hash/,
    );
    expect(requests).toEqual([]);
  });

  it.each<[number, RegExp]>([
    [401, /^401: the token is refused by https:\/\/localhost:\d+: says the API$/],
    [403, /^403: https:\/\/localhost:\d+ forbids joining: says the API$/],
    [404, /^404: there is no DockSnap API at https:/],
    [503, /answered with status 503: says the API$/],
  ])('names the status %s as the step that failed', async (status, sentence) => {
    answer = { status, body: { code: 'x', message: 'says the API' } };
    await expect(join(asked())).rejects.toThrow(sentence);
  });

  it.each<[string, string, RegExp]>([
    ['a name that nobody knows', 'https://no-such-machine.invalid', /^cannot resolve no-such-machine\.invalid/],
    ['a port on which nobody listens', 'https://127.0.0.1:1', /^cannot connect to https:\/\/127\.0\.0\.1:1/],
  ])('names the step for %s', async (_sentence, address, sentence) => {
    await expect(join({ ...asked(), url: new URL(address) })).rejects.toThrow(sentence);
  });

  it('never says the token', async () => {
    answer = { status: 401, body: {} };
    await expect(join(asked())).rejects.not.toThrow('canary');
  });
});

describe("a machine's identity", () => {
  it('is kept where its owner alone reads it, and signs what the API takes', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'docksnap-machine-'));
    try {
      expect(await readMachine(directory)).toBeUndefined();
      await writeMachine(directory, await join(asked()));
      for (const file of ['machine.json', 'key.pem', 'ca.crt']) {
        expect((await stat(path.join(directory, file))).mode & 0o077).toBe(0);
      }
      const machine = await readMachine(directory);
      if (machine === undefined) throw new Error('the identity is not there');
      expect(await readFile(machine.caFile ?? '', 'utf8')).toBe(certificate.cert);
      const nowMs = Date.UTC(2026, 10, 24);
      const { payload, protectedHeader } = await jwtVerify(machineToken(machine, nowMs), createPublicKey(machine.key), {
        audience: machineTokens.audience,
        issuer: machine.id,
        typ: machineTokens.type,
        currentDate: new Date(nowMs),
      });
      expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: machineTokens.type, kid: machine.id });
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('is not asked for, and the token not spent, where it could not be kept', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'docksnap-machine-'));
    const state = path.join(directory, 'file', 'state');
    await writeFile(path.join(directory, 'file'), '');
    const { token, name: machineName, ...rest } = asked();
    const command = { name: 'join' as const, ...rest, token, machineName, state };
    await expect(joinCommand(command, {})).rejects.toThrow(`no identity can be kept in ${state} (ENOTDIR`);
    expect(requests).toEqual([]);
    await rm(directory, { recursive: true });
  });

  it('that cannot be read for now is not called absent', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'docksnap-machine-'));
    await mkdir(path.join(directory, 'machine.json'));
    await expect(readMachine(directory)).rejects.toThrow('machine.json cannot be read (EISDIR');
    await rm(directory, { recursive: true });
  });

  it('is not read when a part of it is broken', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'docksnap-machine-'));
    const { privateKey } = generateKeyPairSync('ed25519');
    const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).slice(0, 60);
    await writeMachine(directory, { id: 'a', name: 'b', url: 'https://c', keyPem, ca: undefined });
    await expect(readMachine(directory)).rejects.toThrow('holds no whole identity of a machine; let it join again');
    await rm(directory, { recursive: true });
  });
});
