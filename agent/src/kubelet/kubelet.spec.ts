import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLog } from '../log.ts';
import type { Certificate } from '../testing/certificates.ts';
import { selfSigned, signedBy } from '../testing/certificates.ts';
import type { KubeletAnswer, KubeletServer } from '../testing/kubelet-server.ts';
import { close, listen, startKubelet } from '../testing/kubelet-server.ts';
import type { KubeletOptions } from './kubelet.ts';
import { Kubelet } from './kubelet.ts';
import { KubeletError } from './kubelet-error.ts';
import { TrustFile } from './trust-file.ts';

const quiet = createLog('error', () => undefined, Date.now);

let ca: Certificate;
let signed: Certificate;
let ownSigned: Certificate;
let otherNode: Certificate;

beforeAll(() => {
  ca = selfSigned('cluster-ca');
  signed = signedBy(ca, 'node-1', 'DNS:node-1,IP:10.0.0.7');
  otherNode = signedBy(ca, 'node-2', 'DNS:node-2');
  ownSigned = selfSigned('node-1', 'DNS:node-1');
});

let directory: string;
let server: KubeletServer | undefined;
let kubelets: Kubelet[];
let answer: (page: string) => KubeletAnswer;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'docksnap-kubelet-'));
  await writeFile(path.join(directory, 'ca.crt'), ca.cert);
  await writeFile(path.join(directory, 'token'), 'first\n');
  kubelets = [];
  answer = (page) => ({ body: `page ${page}` });
});

afterEach(async () => {
  for (const kubelet of kubelets) kubelet.close();
  await server?.close();
  server = undefined;
  await rm(directory, { recursive: true });
});

async function serve(certificate: Certificate): Promise<void> {
  await server?.close();
  server = await startKubelet(certificate, (page) => answer(page));
}

/** A kubelet client as after a start of the agent: it has what the directory keeps. */
async function client(options: Partial<KubeletOptions> = {}): Promise<Kubelet> {
  const trustFile = new TrustFile(directory, quiet);
  await trustFile.load();
  const usual = {
    url: server?.url ?? new URL('https://127.0.0.1:1'),
    nodeName: 'node-1',
    tls: 'Auto',
    caFile: path.join(directory, 'ca.crt'),
    tokenFile: path.join(directory, 'token'),
    timeoutMs: 2000,
  } as const;
  const kubelet = new Kubelet({ ...usual, ...options }, trustFile, quiet);
  kubelets.push(kubelet);
  return kubelet;
}

async function text(kubelet: Kubelet, page = '/pods', maxBytes?: number): Promise<string> {
  let body = '';
  await kubelet.read(page, (chunk) => (body += chunk.toString()), maxBytes);
  return body;
}

/** What a read failed with. */
async function failure(reading: Promise<string>): Promise<{ reason: string; message: string }> {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof KubeletError)) throw new Error(`it did not fail as a kubelet does: ${String(error)}`);
  return { reason: error.reason, message: error.message };
}

/** A TCP server that hands each connection to `serve`, and cuts them all when it is closed. */
async function tcpServer(serve: (socket: Socket) => void): Promise<{ url: URL; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    serve(socket);
  });
  const url = await listen(tcp, 'https');
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await close(tcp);
  };
  return { url, close: stop };
}

describe('a kubelet whose certificate', () => {
  it.each<[string, () => Certificate, KubeletOptions['tls'], string]>([
    ["the cluster's CA signed is trusted by Auto", () => signed, 'Auto', 'ClusterCA'],
    ["the cluster's CA signed is trusted by Strict", () => signed, 'Strict', 'ClusterCA'],
    ['is its own is pinned by Auto', () => ownSigned, 'Auto', 'Pinned'],
    ['bears another name is pinned by Auto', () => otherNode, 'Auto', 'Pinned'],
    ['is its own is taken by Skip', () => ownSigned, 'Skip', 'Skipped'],
  ])('%s', async (_what, certificate, tls, expected) => {
    await serve(certificate());
    const kubelet = await client({ tls });
    expect(await text(kubelet)).toBe('page /pods');
    expect(kubelet.trust).toBe(expected);
    expect(server?.requests[0]?.authorization).toBe('Bearer first');
  });

  it.each<[string, () => Certificate]>([
    ['is its own', () => ownSigned],
    ['bears another name', () => otherNode],
  ])('%s is refused by Strict, and never sees the token', async (_what, certificate) => {
    await serve(certificate());
    expect(await failure(text(await client({ tls: 'Strict' })))).toMatchObject({
      reason: 'KubeletCertificateUntrusted',
    });
    expect(server?.requests).toEqual([]);
  });

  it('changed since it was pinned is refused, over a restart too, until the pin is removed', async () => {
    await serve(ownSigned);
    await text(await client());
    await serve(selfSigned('node-1', 'DNS:node-1'));
    const refused = { reason: 'KubeletCertificateChanged' };
    expect(await failure(text(await client()))).toMatchObject(refused);
    expect(await failure(text(await client()))).toMatchObject(refused);
    expect(server?.requests).toEqual([]);
    await rm(path.join(directory, 'kubelet-trust.json'));
    expect(await text(await client())).toBe('page /pods');
  });

  it('is renewed with the same key is taken', async () => {
    await serve(ownSigned);
    await text(await client());
    const pin = await readFile(path.join(directory, 'kubelet-trust.json'), 'utf8');
    await serve(ownSigned);
    expect(await text(await client())).toBe('page /pods');
    expect(await readFile(path.join(directory, 'kubelet-trust.json'), 'utf8')).toBe(pin);
  });

  it('no CA file can verify is pinned by Auto', async () => {
    await serve(signed);
    const kubelet = await client({ caFile: path.join(directory, 'absent') });
    await text(kubelet);
    expect(kubelet.trust).toBe('Pinned');
  });
});

describe('reading a page', () => {
  beforeEach(() => serve(signed));

  it('reads the token anew each time, over one connection', async () => {
    const kubelet = await client();
    await text(kubelet);
    await writeFile(path.join(directory, 'token'), 'second');
    await text(kubelet);
    expect(server?.requests.map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer second']);
  });

  it.each([
    [401, 'KubeletForbidden', 'webhook authentication'],
    [403, 'KubeletForbidden', 'get on nodes/pods'],
    [404, 'KubeletPageInvalid', 'no page /pods'],
    [500, 'KubeletPageInvalid', 'status 500'],
  ])('names what a status %d means', async (status, reason, message) => {
    answer = () => ({ status });
    const kubelet = await client();
    const failed = await failure(text(kubelet));
    expect(failed.reason).toBe(reason);
    expect(failed.message).toContain(message);
    answer = (page) => ({ body: page });
    expect(await text(kubelet)).toBe('/pods');
  });

  it('gives up after the timeout and can be asked again', async () => {
    answer = () => ({ silent: true });
    const kubelet = await client({ timeoutMs: 200 });
    const failed = await failure(text(kubelet));
    expect(failed.reason).toBe('KubeletUnreachable');
    expect(failed.message).toContain('in time');
    answer = (page) => ({ body: page });
    expect(await text(kubelet)).toBe('/pods');
  });

  it.each([
    [1000, true],
    [999, false],
  ])('takes a page of 1,000 bytes with a bound of %d: %s', async (maxBytes, isTaken) => {
    answer = () => ({ body: 'x'.repeat(1000) });
    const page = text(await client(), '/pods', maxBytes);
    if (isTaken) expect(await page).toHaveLength(1000);
    else expect(await failure(page)).toMatchObject({ reason: 'KubeletPageInvalid' });
  });

  it('says when it cannot read its token', async () => {
    const kubelet = await client({ tokenFile: path.join(directory, 'absent') });
    const failed = await failure(text(kubelet));
    expect(failed.reason).toBe('KubeletForbidden');
    expect(failed.message).toContain('token');
  });
});

describe('a kubelet that cannot be reached', () => {
  it.each([
    ['nobody listens', 'https://127.0.0.1:1', 'cannot connect'],
    ['its name does not resolve', 'https://kubelet.invalid:10250', 'cannot resolve'],
  ])('because %s', async (_what, url, message) => {
    const failed = await failure(text(await client({ url: new URL(url) })));
    expect(failed.reason).toBe('KubeletUnreachable');
    expect(failed.message).toContain(message);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['it speaks no TLS', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['it cuts the connection', (socket) => socket.destroy()],
    ['it never finishes its handshake', () => undefined],
  ])('because %s', async (_what, serveSocket) => {
    const tcp = await tcpServer(serveSocket);
    expect(await failure(text(await client({ url: tcp.url, timeoutMs: 300 })))).toMatchObject({
      reason: 'KubeletUnreachable',
    });
    await tcp.close();
  });
});

describe('a directory that cannot be written', () => {
  it('costs nothing but trusting anew after a restart', async () => {
    await serve(ownSigned);
    const file = path.join(directory, 'file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    const trustFile = new TrustFile(path.join(file, 'below'), quiet);
    await trustFile.load();
    await trustFile.remember({ kind: 'ClusterCA' });
    expect(trustFile.remembered).toEqual({ kind: 'ClusterCA' });
  });
});
